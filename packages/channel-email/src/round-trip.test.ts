import type { Inbound } from '@parley/channel-sdk'
import {
  createMailDomain,
  createMailPerson,
  type Dovecot,
  dnsZone,
  findLeaks,
  type MailPerson,
  type Postfix,
  repliesWithSNail,
  startDovecot,
  startPostfix,
  waitFor,
} from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDelivery, type EmailRig, emailRig, OUR_ADDRESS, RELAY_DOMAIN, TOKEN } from './email-rig.fixture.ts'

const ANA_TOKEN = 'a2b3c4d5e6f7a2b3c4d5e6f7'

await describeWithPeers(['postfix', 'dovecot', 's-nail'], 'mail through real servers, there and back', () => {
  let dovecot: Dovecot
  let postfix: Postfix
  let rig: EmailRig
  let bo: MailPerson
  let ana: MailPerson

  beforeAll(async () => {
    dovecot = await startDovecot({ people: ['bo.berg@people.test', 'ana@visitors.test'] })
    const lmtp = { host: dovecot.host, port: dovecot.lmtpPort }
    postfix = await startPostfix({
      mailboxes: { 'people.test': lmtp, 'visitors.test': lmtp },
      refusedAtOnce: ['gone@people.test'],
      messageSizeLimit: 40_000_000,
    })
    const domain = await createMailDomain({ domain: 'people.test', dmarc: 'reject' })
    rig = await emailRig({
      smtpIn: {
        host: '127.0.0.1',
        port: 0,
        maxBytes: 36_000_000,
        maxConnections: 20,
        maxRecipients: 100,
        trustedRelays: ['127.0.0.1'],
      },
      smtpOut: { host: postfix.host, port: postfix.port, tls: 'never' },
      resolver: dnsZone(domain.records).resolve,
    })
    await rig.channel.start(rig.host)
    await postfix.routeTo({ [RELAY_DOMAIN]: { host: '127.0.0.1', port: rig.channel.smtpPort ?? 0 } })
    const person = (name: string, address: string) =>
      createMailPerson({
        name,
        address,
        imap: { host: dovecot.host, port: dovecot.imapPort, password: dovecot.passwordOf(address) },
        smtp: postfix,
        ...(name === 'Bo Berg' ? { dkim: domain.dkim } : {}),
      })
    bo = person('Bo Berg', 'bo.berg@people.test')
    ana = person('Ana Sol', 'ana@visitors.test')
  })
  afterAll(async () => {
    await rig?.channel.stop()
    await Promise.all([rig?.dispose(), bo?.close(), ana?.close()])
    await Promise.all([postfix?.stop(), dovecot?.stop()])
  })

  const toBo = (reference: string, text: string, earlier: string[] = []) =>
    aDelivery({
      reference,
      to: bo.address,
      content: { blocks: [{ kind: 'said', by: null, text, at: null }] },
      thread: { subject: 'A question from the shop', references: earlier },
    })
  const next = async (what: () => Promise<unknown>): Promise<Inbound> => {
    const before = rig.host.received.length
    await what()
    await waitFor('the reply', () => rig.host.received.length > before)
    const inbound = rig.host.received[before]
    if (!inbound) throw new Error('nothing came in')
    return inbound
  }

  it.each(['gmail', 'outlook', 'interleaved'] as const)(
    'A8: a person asked by mail answers as %s does, and only their words arrive, proven theirs',
    async (quoting) => {
      expect(await rig.channel.send(toBo(`ask-${quoting}`, `Are you open on Sunday? (${quoting})`))).toMatchObject({
        status: 'sent',
      })
      const mail = await bo.receivesEmail(new RegExp(`open on Sunday\\? \\(${quoting}\\)`))
      expect(mail.from).toEqual({ name: 'Blue Heron', address: OUR_ADDRESS })
      const inbound = await next(() =>
        bo.repliesTo(
          mail,
          quoting === 'interleaved' ? [{ under: 'Sunday', text: 'Yes, 10 to 16.' }] : 'Yes, 10 to 16.',
          { quoting },
        ),
      )
      expect(inbound).toMatchObject({
        to: OUR_ADDRESS,
        verdict: { kind: 'message' },
        from: { address: bo.address, standing: 'proven' },
      })
      expect(inbound.said.visible).toContain('Yes, 10 to 16.')
      if (quoting !== 'interleaved') expect(inbound.said.visible.trim()).toBe('Yes, 10 to 16.')
    },
  )

  it('A8: an answer from a text-mode program that nobody here wrote', async () => {
    await rig.channel.send(toBo('ask-snail', 'Is the rose blue?'))
    const mail = await bo.receivesEmail(/Is the rose blue/)
    const inbound = await next(() =>
      repliesWithSNail(mail, 'Ja, ganz schön blau.', { name: bo.name, address: bo.address, smtp: postfix }),
    )
    expect(inbound.said.visible).toContain('Ja, ganz schön blau.')
  })

  it('two mails of one exchange are one thread in the reader’s program, also after their own reply between them', async () => {
    await rig.channel.send(toBo('thread-1', 'First of the thread'))
    const first = await bo.receivesEmail(/First of the thread/)
    await next(() => bo.repliesTo(first, 'Go on.'))
    await rig.channel.send(toBo('thread-2', 'Second of the thread', ['thread-1']))
    const second = await bo.receivesEmail(/Second of the thread/)
    expect(second.references).toEqual([first.messageId])
    expect(second.header('in-reply-to')).toBe(first.messageId)
  })

  it('A20: what one person writes reaches the other with nothing of who they are, in any byte', async () => {
    await rig.channel.send(toBo('law-six', 'Who is there?'))
    const asked = await bo.receivesEmail(/Who is there/)
    const inbound = await next(() =>
      bo.repliesTo(asked, 'Somebody who knows roses.', {
        quoting: 'outlook',
        headers: { 'X-Originating-IP': '[198.51.100.7]', Organization: 'Berg & Sons' },
      }),
    )
    await rig.channel.send({
      ...aDelivery({ reference: 'law-six-back', to: ana.address, relay: { token: ANA_TOKEN, alias: 'Rose keeper' } }),
      content: { blocks: [{ kind: 'said', by: null, text: inbound.said.visible, at: null }] },
    })
    const answer = await ana.receivesEmail(/Somebody who knows roses/)
    const identities = [
      bo.address,
      'people.test',
      'Bo Berg',
      'bo.berg',
      'Berg & Sons',
      '198.51.100.7',
      TOKEN,
      asked.messageId,
    ]
    expect(findLeaks(answer.raw, identities)).toEqual([])
    expect(findLeaks(asked.raw, [ana.address, 'visitors.test', 'Ana Sol'])).toEqual([])
    // The search can find: the same bytes hold what they should.
    expect(findLeaks(answer.raw, ['Rose keeper'])).not.toEqual([])
  })

  it('A18: an address that does not exist comes back as a real bounce, and fails the delivery that it was', async () => {
    const outcome = await rig.channel.send(aDelivery({ reference: 'bounce-me', to: 'nobody@people.test' }))
    expect(outcome.status).toBe('sent')
    const report = await waitFor('the bounce', () =>
      rig.host.reports.find(({ of }) => 'reference' in of && of.reference === 'bounce-me'),
    )
    expect(report).toMatchObject({ state: 'failed', scope: 'address', reason: expect.stringContaining('5.1.1') })
    expect(JSON.stringify(report)).not.toContain('people.test')
  })

  it('A18: an address refused at once is rejected as an address', async () => {
    expect(await rig.channel.send(aDelivery({ reference: 'gone', to: 'gone@people.test' }))).toMatchObject({
      status: 'rejected',
      scope: 'address',
    })
  })

  it('A18: a vacation notice shows that the mail arrived and is no answer', async () => {
    await rig.channel.send(toBo('holiday', 'Are you on holiday?'))
    const before = rig.host.received.length
    await bo.autoReplies(await bo.receivesEmail(/on holiday/))
    const told = await waitFor(
      'the notice',
      () =>
        rig.host.reports.find(({ of }) => 'reference' in of && of.reference === 'holiday') ?? rig.host.received[before],
    )
    expect('verdict' in told ? told.verdict.kind : told.state).toMatch(/automatic|delivered/)
  })

  it('A9: 20 MB go out and come back, byte for byte', async () => {
    const plan = Buffer.alloc(20_000_000, 'a plan of the garden. ')
    const sent = await rig.channel.send({
      ...toBo('large', 'The plan is attached'),
      attachments: [
        {
          name: 'plan.pdf',
          type: 'application/pdf',
          size: plan.length,
          url: 'https://parley.example/file',
          async *open() {
            for (let at = 0; at < plan.length; at += 65_536) yield plan.subarray(at, at + 65_536)
          },
        },
      ],
    })
    expect(sent).toMatchObject({ status: 'sent' })
    const mail = await bo.receivesEmail(/plan is attached/, { timeoutMs: 40_000 })
    expect(mail.attachments[0]?.content.equals(plan)).toBe(true)
    const inbound = await next(() =>
      bo.repliesTo(mail, 'And back.', {
        attachments: [{ filename: 'plan.pdf', content: plan, contentType: 'application/pdf' }],
      }),
    )
    expect(Buffer.from(inbound.attachments[0]?.bytes ?? []).equals(plan)).toBe(true)
  })

  it('a forged sender is contradicted, and one who wrote by way of our own relay is not taken for the relay', async () => {
    const inbound = await next(() =>
      bo.writes({ to: OUR_ADDRESS, subject: 'forged', text: 'I am Bo, honestly.', unsigned: true }),
    )
    expect(inbound.from).toMatchObject({ address: bo.address })
    expect(inbound.from.standing).not.toBe('proven')
  })
})
