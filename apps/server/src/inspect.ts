import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { runInspectEmail } from '@parley/channel-email'
import { runInspectSip } from '@parley/channel-sip'
import { runInspectSms } from '@parley/channel-sms'
import { runInspectStanza } from '@parley/channel-xmpp'
import { judgeAttachment, runInspectIdentity, runInspectTopic } from '@parley/rules'

const usage = `parley inspect email [--lines]      a mail on standard input, or one base64 mail a line
parley inspect sms [--lines]        an SMPP PDU in hexadecimal or a text on standard input, or one a line
parley inspect stanza [--lines]     an XMPP stanza on standard input, or one a line, as it is or in base64
parley inspect sip [--lines]        a SIP message on standard input, or one a line, in base64 or as a JSON string
parley inspect identity [--lines]   a text on standard input, or one JSON string a line
parley inspect topic --train FILE [--lines] [--report]
                                    learn from JSON lines {text, label}; a question on standard input, or {text} a line
`

/** Shows what the road would make of something: the same functions, and nothing is stored or sent. */
export async function inspect([what, ...args]: string[]): Promise<number> {
  const { stdin, stdout, stderr } = process
  if (what === 'email') return runInspectEmail({ args, stdin, stdout, judge: judgeAttachment })
  if (what === 'sms') return runInspectSms({ args, stdin, stdout })
  if (what === 'stanza') return runInspectStanza({ args, stdin, stdout })
  if (what === 'sip') return runInspectSip({ args, stdin, stdout })
  if (what === 'identity') return runInspectIdentity({ args, stdin, stdout })
  if (what === 'topic') {
    return runInspectTopic({ args, stdin, stdout, readFile: (path) => readFile(path, 'utf8') })
  }
  stderr.write(usage)
  return 2
}
