import process from 'node:process'
import { runInspectEmail } from '@parley/channel-email'
import { judgeAttachment, runInspectIdentity } from '@parley/rules'

const usage = `parley inspect email [--lines]      a mail on standard input, or one base64 mail a line
parley inspect identity [--lines]   a text on standard input, or one JSON string a line
`

/** Shows what the road would make of something: the same functions, and nothing is stored or sent. */
export async function inspect([what, ...args]: string[]): Promise<number> {
  const { stdin, stdout, stderr } = process
  if (what === 'email') return runInspectEmail({ args, stdin, stdout, judge: judgeAttachment })
  if (what === 'identity') return runInspectIdentity({ args, stdin, stdout })
  stderr.write(usage)
  return 2
}
