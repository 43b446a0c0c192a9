import type { AddressInfo } from 'node:net'
import { createTransport, type Transporter } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { atOnce } from './medium.ts'
import type { Arrived, Peer } from './peer.ts'

/** Mail servers of the world: smtp-server takes, nodemailer brings. */
export async function mailPeer(arrived: Arrived): Promise<Peer> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, done) {
      let head = ''
      stream.on('data', (chunk: Buffer) => {
        if (head.length < 8_000) head += chunk.toString('latin1')
      })
      stream.on('end', () => {
        const from = /^From:[^\n]*?<([^>]+)>/im.exec(head.replace(/\r\n[ \t]/g, ' '))?.[1] ?? ''
        for (const { address } of session.envelope.rcptTo) arrived(address, from)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let transport: Transporter | null = null
  return {
    port: (server.server.address() as AddressInfo).port,
    user: '',
    password: '',
    async says({ from, to, text, id, port }) {
      transport ??= createTransport({
        host: '127.0.0.1',
        port: port ?? 0,
        pool: true,
        maxConnections: atOnce,
        maxMessages: Number.POSITIVE_INFINITY,
        ignoreTLS: true,
      })
      await transport.sendMail({ from, to, subject: 'Re: Your conversation', text, messageId: `<${id}@people.test>` })
    },
    async stop() {
      transport?.close()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
