import { createServer, request } from 'node:http'
import { startMailboxes } from '@parley/dev-env/mailboxes'
import nodemailer from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { cast, openPhones, startDemo, startSmsc } from './index.ts'

type Arrived = { from: string; to: string[]; raw: string }

/** The whole demo with stand-ins for Parley: a desk that says who signed in, a loader, and an SMTP-in that takes all. */
export async function startDemoAlone(folder: string) {
  const arrived: Arrived[] = []
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(({ address }) => address)
        arrived.push({ from: mailFrom ? mailFrom.address : '', to, raw: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  const parley = createServer((asked, answer) => {
    const isLoader = asked.url === '/parley.js'
    answer.setHeader('content-type', isLoader ? 'text/javascript' : 'text/html')
    const calls = 'window.parley = Object.assign((...c) => window.calls.push(c), {}); window.calls = []'
    answer.end(
      isLoader ? calls : `<title>Desk</title><h1>${new URL(asked.url ?? '', 'http://x').searchParams.get('for')}</h1>`,
    )
  })
  await new Promise<void>((resolve) => parley.listen(0, '127.0.0.1', () => resolve()))
  const mailboxes = await startMailboxes({
    folder,
    people: cast.map(({ name, email }) => ({ name, address: email })),
    parleySmtp: { host: '127.0.0.1', port: portOf(smtp.server.address()) },
  })
  const smsc = await startSmsc()
  const parleyBaseUrl = `http://localhost:${portOf(parley.address())}`
  const demo = await startDemo({
    parleyBaseUrl,
    siteKeys: { shop: 'key-of-shop', garden: 'key-of-garden' },
    joinUrl: `${parleyBaseUrl}/join/key-of-account`,
    mailboxes,
    phones: openPhones(smsc),
    signInLink: async ({ id }) => `${parleyBaseUrl}/desk/sign-in?for=${id}`,
  })
  const send = nodemailer.createTransport({ ...mailboxes.smtp, secure: false, ignoreTLS: true })
  return {
    demo,
    mailboxes,
    arrived,
    /** As the service centre does when Parley has sent a text. */
    text: (from: string, to: string, text: string) =>
      smsc.phone(to).take({ from, to, text, dataCoding: 0, concatenation: null, id: '1' }),
    /** As Parley would: from a relay address of ours. */
    mail: (
      to: string,
      mail: { subject: string; text: string; html?: string; attachments?: { filename: string; content: string }[] },
    ) => send.sendMail({ from: 'A visitor <r-4tz9@parley.example>', to, ...mail }),
    async stop() {
      await demo.close()
      await mailboxes.stop()
      await smsc.close()
      parley.closeAllConnections()
      await new Promise((resolve) => parley.close(resolve))
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
  }
}

/** Asks by the address, whatever name stands in the URL: a test machine need not resolve `*.localhost`. */
export function ask(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const { port, host, pathname, search } = new URL(url)
  return new Promise<{ status: number; header(name: string): string; text: string }>((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path: pathname + search, method, headers: { host, ...headers } },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, header: (name) => String(answer.headers[name] ?? ''), text }),
        )
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (!address || typeof address === 'string') throw new Error('no port')
  return address.port
}
