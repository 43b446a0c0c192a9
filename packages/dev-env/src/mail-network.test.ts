import { authenticate } from 'mailauth'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { startMailNetwork } from './mail-network.ts'
import { createMailPerson } from './mail-person.ts'
import { waitFor } from './wait-for.ts'
import { describeWithPeers } from './with-peers.ts'

await describeWithPeers(['postfix', 'dovecot'], 'The mail of the outside world', () => {
  test('what a person sends is proven to be theirs behind a real relay; a forgery from elsewhere is contradicted', async () => {
    const taken: Promise<string[]>[] = []
    await using network = await startMailNetwork()
    const relay = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData(stream, { remoteAddress, hostNameAppearsAs, envelope }, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk) => chunks.push(chunk))
        stream.on('end', () => {
          taken.push(
            authenticate(Buffer.concat(chunks), {
              ip: remoteAddress,
              helo: hostNameAppearsAs,
              sender: envelope.mailFrom ? envelope.mailFrom.address : '',
              mta: 'mx.relay.test',
              resolver: network.zone.resolve,
            }).then(({ dkim, spf, dmarc }) => [
              dkim.results[0]?.status.result ?? '',
              spf ? spf.status.result : '',
              dmarc ? dmarc.status.result : '',
            ]),
          )
          done()
        })
      },
    })
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', () => resolve()))
    const address = relay.server.address()
    if (!address || typeof address === 'string') throw new Error('no port')
    const direct = { host: '127.0.0.1', port: address.port }
    try {
      await network.postfix.routeTo({ 'relay.test': direct })
      const bo = await network.person('Bo', 'bo@people.test')
      await bo.writes({ to: 'k7q2@relay.test', subject: 'Mine', text: 'This is me.\n.\nFrom here\n' })
      await waitFor('the mail', () => taken.length === 1, { instead: network.postfix.log })
      expect(await taken[0]).toEqual(['pass', 'pass', 'pass'])

      const imap = { host: network.dovecot.host, port: network.dovecot.imapPort, password: 'none' }
      await using forger = createMailPerson({
        name: 'Bo',
        address: 'bo@people.test',
        imap,
        smtp: direct,
        localAddress: '127.0.0.66',
      })
      await forger.writes({ to: 'k7q2@relay.test', subject: 'Mine', text: 'This is me, honestly.' })
      await waitFor('the forgery', () => taken.length === 2)
      expect(await taken[1]).toEqual(['none', 'fail', 'fail'])
    } finally {
      await new Promise<void>((resolve) => relay.close(resolve))
    }
  })

  test('a full mailbox bounces with the reason, after the mail was taken', async () => {
    await using network = await startMailNetwork({ quotaBytes: 60_000 })
    const ana = await network.person('Ana', 'ana@people.test')
    const bo = await network.person('Bo', 'bo@people.test')
    // Past 50 kB Postfix returns the headers only: the bounce fits where the mail did not.
    const attachments = [{ filename: 'large.bin', content: Buffer.alloc(100_000, 7) }]
    await ana.writes({ to: bo.address, subject: 'Too much', text: 'see below', attachments })
    const bounce = await ana.receivesEmail(/Undelivered/)
    expect(bounce.text).toContain('The mailbox is full')
  })
})
