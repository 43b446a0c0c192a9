import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMailProgram } from './mail-program.ts'
import type { ReceivedMail } from './received-mail.ts'
import { tempFolder } from './temp-folder.ts'

export type SNailReply = {
  name: string
  address: string
  smtp: { host: string; port: number }
}

/**
 * Answers a mail with s-nail, a mail program that nobody here wrote: it makes the headers, the quote and the SMTP session.
 * The text stands
 * below the quote, as is the custom of such programs.
 */
export async function repliesWithSNail(
  mail: ReceivedMail,
  text: string,
  { name, address, smtp }: SNailReply,
): Promise<void> {
  await using folder = await tempFolder('s-nail')
  const mbox = join(folder.path, 'mbox')
  const lines = mail.raw
    .toString('latin1')
    .replace(/\r\n/g, '\n')
    .replace(/^From /gm, '>From ')
  await writeFile(mbox, Buffer.from(`From MAILER-DAEMON Thu Jan  1 00:00:00 2026\n${lines}\n`, 'latin1'))
  const settings = [
    'v15-compat',
    `from=${name} <${address}>`,
    `mta=smtp://${smtp.host}:${smtp.port}`,
    'smtp-auth=none',
    'sendwait',
    'nosave',
    'quote',
    'indentprefix=> ',
    'reply-to-honour=yes',
    'hostname=pc.people.test',
    'ttycharset=utf-8',
    'sendcharsets=utf-8',
  ]
  const args = ['-n', '-#', ...settings.flatMap((one) => ['-S', one]), '-f', mbox]
  const input = `reply 1\n\n${text.replace(/^~/gm, '~~')}\n~.\nxit\n`
  const { exitCode, output } = await runMailProgram('s-nail', args, { home: folder.path, input })
  // It ends with success even when the server would not have the mail.
  if (exitCode !== 0 || /not sent/.test(output)) throw new Error(`s-nail could not send: ${output}`)
}
