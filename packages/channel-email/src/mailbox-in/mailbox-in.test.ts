import { setTimeout as sleep } from 'node:timers/promises'
import type { Lease } from '@parley/channel-sdk'
import { type Dovecot, startDovecot, startTcpProxy, type TcpProxy, waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aMail, type EmailRig, emailRig, OUR_ADDRESS, RELAY_DOMAIN } from '../email-rig.fixture.ts'
import type { MailboxOptions } from './watch-mailbox.ts'

const BOX = 'catchall@relay.test'

await describeWithPeers(['dovecot'], 'mail fetched from a mailbox', () => {
  let dovecot: Dovecot
  let rig: EmailRig
  let box: string
  let password: string
  let boxes = 0
  beforeAll(async () => {
    dovecot = await startDovecot({ people: [BOX] })
  })
  afterAll(() => dovecot.stop())
  beforeEach(async () => {
    boxes += 1
    box = `box${boxes}@relay.test`
    password = await dovecot.addPerson(box)
  })
  afterEach(async () => {
    await rig.channel.stop()
    await rig.dispose()
  })

  const account = (kind: 'imap' | 'pop3', changes: Partial<MailboxOptions> = {}): MailboxOptions => {
    const common = { host: dovecot.host, user: box, password, tls: 'never' as const }
    const base =
      kind === 'imap'
        ? { ...common, kind, port: dovecot.imapPort }
        : { ...common, kind, port: dovecot.pop3Port, everyMs: 200 }
    return Object.assign(base, changes)
  }
  const watch = async (mailboxes: MailboxOptions[], more: { lease?: Lease } = {}) => {
    rig = await emailRig({ smtpIn: null, mailboxes, ...more })
    await rig.channel.start(rig.host)
    return rig
  }
  const puts = async (raw: string | Buffer) => {
    const lmtp = createTransport({ host: dovecot.host, port: dovecot.lmtpPort, lmtp: true, ignoreTLS: true })
    await lmtp.sendMail({ raw, envelope: { from: 'bo@people.example', to: box } })
    lmtp.close()
  }
  const looksInto = async <T>(look: (client: ImapFlow) => Promise<T>, folder = 'INBOX'): Promise<T> => {
    const client = new ImapFlow({
      host: dovecot.host,
      port: dovecot.imapPort,
      secure: false,
      doSTARTTLS: false,
      logger: false,
      auth: { user: box, pass: password },
    })
    await client.connect()
    try {
      await client.mailboxOpen(folder)
      return await look(client)
    } finally {
      await client.logout()
    }
  }
  const unseen = () => looksInto(async (client) => (await client.search({ seen: false }, { uid: true })) || [])
  const count = (folder = 'INBOX') =>
    looksInto(async (client) => (await client.search({ all: true }, { uid: true })) || [], folder).then(
      ({ length }) => length,
    )
  const words = () => rig.host.received.map(({ said }) => said.visible)
  // The mailbox's own Delivered-To names the mailbox; a catch-all tells the address in X-Original-To.
  const written = (text: string, id = text) =>
    aMail({ text, id: `${id.replace(/\W/g, '')}@people.example`, headers: [`X-Original-To: ${OUR_ADDRESS}`] })

  describe.each(['imap', 'pop3'] as const)('over %s', (kind) => {
    it('A8: what lay there before and what comes later is taken, for the address it was written to', async () => {
      await puts(written('before'))
      await watch([account(kind)])
      await waitFor('the first mail', () => words().length === 1)
      await puts(written('later'))
      await waitFor('the second mail', () => words().length === 2)
      expect(words()).toEqual(['before', 'later'])
      expect(rig.host.received.map(({ to }) => to)).toEqual([OUR_ADDRESS, OUR_ADDRESS])
      await waitFor('health', () => rig.channel.health().state === 'up')
    })

    it('A8: nothing is marked or deleted before it is durable; what cannot be stored now is fetched again', async () => {
      await puts(written('patience'))
      rig = await emailRig({ smtpIn: null, mailboxes: [account(kind)] })
      rig.host.answer = () => Promise.reject(new Error('the database is down'))
      await rig.channel.start(rig.host)
      await waitFor('a state of health', () => {
        const health = rig.channel.health()
        return health.state === 'down' && health.reason.includes('cannot be stored now')
      })
      expect(await count()).toBe(1)
      if (kind === 'imap') expect(await unseen()).toHaveLength(1)
      rig.host.answer = () => ({ outcome: 'accepted', messageId: 'm' })
      await waitFor('health', () => rig.channel.health().state === 'up', { timeoutMs: 20_000 })
      expect(kind === 'imap' ? await unseen() : await count()).toEqual(kind === 'imap' ? [] : 0)
      expect(new Set(rig.host.received.map(({ externalId }) => externalId)).size).toBe(1)
    })

    it('a mail that was taken is not taken again after a restart', async () => {
      await puts(written('once'))
      await watch([account(kind)])
      await waitFor('the mail', () => rig.channel.health().state === 'up' && words().length === 1)
      await rig.channel.stop()
      await rig.dispose()
      await puts(written('twice'))
      await watch([account(kind)])
      await waitFor('the next mail', () => words().length === 1)
      await waitFor('health', () => rig.channel.health().state === 'up')
      expect(words()).toEqual(['twice'])
    })

    it('a mail that cannot be read, is empty, too large or for nobody here stops nothing, and is never tried for ever', async () => {
      await puts(
        Buffer.concat([
          Buffer.from(`X-Original-To: ${OUR_ADDRESS}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`),
          Buffer.from([0, 255, 254]),
          Buffer.from('\r\n'),
        ]),
      )
      await puts(aMail({ text: ' ', id: 'empty@x.example', headers: [`X-Original-To: ${OUR_ADDRESS}`] }))
      await puts(aMail({ text: 'for nobody', to: `someone@${RELAY_DOMAIN}`, id: 'nobody@x.example' }))
      await puts(written(`large ${'x'.repeat(300)}\r\n`.repeat(100), 'large'))
      await puts(written('after all these'))
      await watch([account(kind, { maxBytes: 20_000 })])
      await waitFor('the good mail', () => words().includes('after all these'))
      await sleep(600)
      expect(words()).toEqual(['after all these'])
      if (kind === 'imap') {
        await waitFor('health', () => rig.channel.health().state === 'up')
        expect(await count('Parley-unreadable')).toBe(4)
        expect(await unseen()).toEqual([])
      } else {
        await waitFor('health', () => rig.channel.health().state === 'degraded')
        expect(rig.channel.health()).toMatchObject({
          reason: expect.stringContaining('4 mails cannot be read and stay in the mailbox'),
        })
        expect(await count()).toBe(4)
      }
      expect(rig.host.logged.filter((line) => line.includes('mailbox.put-aside'))).toHaveLength(4)
    })

    it('every byte comes as it was sent, dots at line starts and eight-bit letters too', async () => {
      const text = ['.', '..', '.dot', 'Grüße', 'end'].join('\r\n')
      const raw = Buffer.from(
        aMail({
          text,
          headers: [
            `X-Original-To: ${OUR_ADDRESS}`,
            'Content-Type: text/plain; charset=iso-8859-1',
            'Content-Transfer-Encoding: 8bit',
          ],
        }),
        'latin1',
      )
      await puts(raw)
      await watch([account(kind)])
      await waitFor('the mail', () => rig.host.received.length === 1)
      const taken = Buffer.from(rig.host.received[0]?.raw ?? [])
      expect(taken.includes(raw.subarray(raw.indexOf('\r\n\r\n')))).toBe(true)
      expect(rig.host.received[0]?.said.full).toContain('Grüße')
    })

    it('a large mail comes whole', async () => {
      await puts(written(`${'0123456789abcdef'.repeat(60)}\r\n`.repeat(3_000), 'big'))
      await watch([account(kind)])
      await waitFor('the mail', () => rig.host.received.length === 1, { timeoutMs: 20_000 })
      expect(rig.host.received[0]?.raw.byteLength).toBeGreaterThan(2_880_000)
    })

    it('a wrong password is on the health page within seconds, and does not end the channel', async () => {
      await watch([account(kind, { password: 'wrong' })])
      await waitFor('health', () => rig.channel.health().state === 'down')
      expect(rig.channel.health()).toMatchObject({ reason: expect.stringContaining('refused the sign-in') })
      expect(rig.host.logged.join()).not.toContain(box)
    })

    it('a connection that breaks is down at once, and mail that came meanwhile is fetched when it is back', async () => {
      const target = { host: dovecot.host, port: kind === 'imap' ? dovecot.imapPort : dovecot.pop3Port }
      const proxy: TcpProxy = await startTcpProxy({ target })
      await watch([account(kind, { port: proxy.port })])
      await waitFor('health', () => rig.channel.health().state === 'up')
      await proxy.refuse()
      proxy.cutAll('reset')
      await waitFor('the failure', () => rig.channel.health().state === 'down')
      await puts(written('meanwhile'))
      await proxy.accept()
      await waitFor('the mail', () => words().includes('meanwhile'), { timeoutMs: 20_000 })
      await waitFor('health', () => rig.channel.health().state === 'up')
      await rig.channel.stop()
      await proxy.stop()
    })

    it('only the process that holds the lease reads the mailbox, and stops when it is lost', async () => {
      const losing = new AbortController()
      let grant: () => void = () => undefined
      const granted = new Promise<void>((resolve) => {
        grant = resolve
      })
      let asked = 0
      const lease: Lease = async (_, isStopping) => {
        asked += 1
        if (asked > 1)
          await new Promise((_resolve, reject) =>
            isStopping.addEventListener('abort', () => reject(new Error('stopping'))),
          )
        await granted
        return { isLost: losing.signal, release: async () => undefined }
      }
      await puts(written('mine'))
      await watch([account(kind)], { lease })
      await sleep(400)
      expect(words()).toEqual([])
      grant()
      await waitFor('the mail', () => words().length === 1)
      losing.abort()
      await waitFor('the next request', () => asked === 2)
      await waitFor('health', () => rig.channel.health().state === 'up')
      await puts(written('not mine'))
      await sleep(800)
      expect(words()).toEqual(['mine'])
    })
  })

  it('a catch-all that notes only its own name still leads to the address in To', async () => {
    await puts(aMail({ text: 'by To', id: 'to@people.example' }))
    await watch([account('imap')])
    await waitFor('the mail', () => words().includes('by To'))
    expect(rig.host.received[0]?.to).toBe(OUR_ADDRESS)
  })
})
