import type { AddressInfo } from 'node:net'
import { createTransport } from 'nodemailer'
import smpp from 'smpp'
import { SMTPServer } from 'smtp-server'
import type { Carrying } from './carrying.ts'
import { atOnce, type CarrierGiven, oursFor, personOn } from './medium.ts'

/** The bare library; null where there is none on npm that the channel is, or could be, built on. */
export async function carryByLibrary(given: CarrierGiven): Promise<Carrying | null> {
  if (given.medium === 'email') return mail(given)
  return given.medium === 'sms' ? sms(given) : null
}

/** nodemailer with open connections, and smtp-server that reads and says yes. */
async function mail({ peer }: CarrierGiven): Promise<Carrying> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: peer.port,
    pool: true,
    maxConnections: atOnce,
    ignoreTLS: true,
  })
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _, done) {
      stream.resume()
      stream.on('end', () => done())
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    async send(index, text) {
      const [from, to] = [oursFor('email', index), personOn('email', index)]
      await transport.sendMail({ from: { name: 'Visitor', address: from }, to, subject: 'Your conversation', text })
    },
    async stop() {
      transport.close()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** smpp, bound as a transceiver. */
async function sms({ peer }: CarrierGiven): Promise<Carrying> {
  const session = smpp.connect({ host: '127.0.0.1', port: peer.port })
  await new Promise<void>((resolve, reject) => {
    session.once('error', reject)
    session.once('connect', () =>
      session.bind_transceiver({ system_id: peer.user, password: peer.password }, (answer) =>
        answer.command_status === 0 ? resolve() : reject(new Error('not bound')),
      ),
    )
  })
  session.on('deliver_sm', (pdu: { response(): Parameters<typeof session.send>[0] }) => session.send(pdu.response()))
  session.on('enquire_link', (pdu: { response(): Parameters<typeof session.send>[0] }) => session.send(pdu.response()))
  return {
    port: null,
    send: (index, text) =>
      new Promise((resolve, reject) => {
        const [source_addr, destination_addr] = [oursFor('sms', index).slice(1), personOn('sms', index).slice(1)]
        const fields = { source_addr, destination_addr, short_message: text, registered_delivery: 1 }
        session.submit_sm(fields, (answer) =>
          answer.command_status === 0 ? resolve() : reject(new Error('not taken')),
        )
      }),
    stop: async () => session.destroy(),
  }
}
