import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ProgramResult, runMailProgram } from './mail-program.ts'
import { tempFolder } from './temp-folder.ts'

export type SwaksSession = {
  server: { host: string; port: number }
  from: string
  to: string
  /** The whole mail, headers and body. */
  data: string
  /** Any further options of swaks: `--helo`, `--local-interface`, `--pipeline`, … */
  args?: readonly string[]
}

/** One SMTP session by swaks. Gives the transcript, and swaks' exit code (0: the mail was taken). */
export async function sendsWithSwaks({ server, from, to, data, args = [] }: SwaksSession): Promise<ProgramResult> {
  await using folder = await tempFolder('swaks')
  const file = join(folder.path, 'mail')
  await writeFile(file, data)
  const options = ['--server', server.host, '--port', String(server.port), '--from', from, '--to', to]
  return await runMailProgram('swaks', [...options, '--data', `@${file}`, ...args], { home: folder.path })
}
