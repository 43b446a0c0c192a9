import { type ProgramResult, runMailProgram } from './mail-program.ts'
import type { Prosody } from './prosody.ts'
import { tempFolder } from './temp-folder.ts'

/** A user of this Prosody says one thing by go-sendxmpp, or sends a file by way of the server's upload service, and is gone again. */
export async function sendsWithGoSendxmpp(
  prosody: Prosody,
  { user, to, ...what }: { user: string; to: string } & ({ text: string } | { file: string }),
): Promise<ProgramResult> {
  await using folder = await tempFolder('go-sendxmpp')
  const server = `${prosody.host}:${prosody.clientPort}`
  const who = ['-u', `${user}@${prosody.domain}`, '-p', prosody.passwordOf(user), '-j', server, '-n']
  const options = 'file' in what ? [...who, '-h', what.file] : who
  return runMailProgram('go-sendxmpp', [...options, to], {
    home: folder.path,
    input: 'text' in what ? `${what.text}\n` : '',
  })
}
