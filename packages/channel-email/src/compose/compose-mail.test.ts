import { generateKeyPairSync } from 'node:crypto'
import type { OutboundDelivery } from '@parley/channel-sdk'
import { languages } from '@parley/model'
import { authenticate } from 'mailauth'
import PostalMime, { type Email } from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { aDelivery, OUR_ADDRESS, RELAY_DOMAIN } from '../email-rig.fixture.ts'
import { type Composed, composeMail, type Writing } from './compose-mail.ts'
import { fixedLinesFor } from './fixed-lines.ts'
import { relayAddresses } from './relay-addresses.ts'

const now = new Date('2026-11-22T10:00:00Z')
const writing: Writing = {
  relayDomain: RELAY_DOMAIN,
  addresses: relayAddresses(RELAY_DOMAIN),
  publicName: 'Garden shop',
  loopMark: 'f00d',
  dkim: null,
  maxBytes: 36_000_000,
}

describe('a delivery as a mail', () => {
  it('A8: comes from the alias at the relay address, and answers go there', async () => {
    const { mail, envelope } = await compose(aDelivery())
    expect(mail.from).toMatchObject({ name: 'Blue Heron', address: OUR_ADDRESS })
    expect(mail.replyTo).toMatchObject([{ name: 'Blue Heron', address: OUR_ADDRESS }])
    expect(mail.to).toMatchObject([{ address: 'bo@people.example' }])
    expect(envelope.from).toBe(`bounce+r7f3a9c2e41b@${RELAY_DOMAIN}`)
  })

  it('one exchange is one thread: every earlier mail is named, oldest first', async () => {
    const { mail } = await compose(aDelivery({ thread: { subject: 'Roses', references: ['first', 'second'] } }))
    expect(mail.messageId).toBe(`<r7f3a9c2e41b@${RELAY_DOMAIN}>`)
    expect(mail.references).toBe(`<first@${RELAY_DOMAIN}> <second@${RELAY_DOMAIN}>`)
    expect(mail.inReplyTo).toBe(`<second@${RELAY_DOMAIN}>`)
  })

  it('a thread of hundreds keeps its first mail and the latest ones', async () => {
    const references = Array.from({ length: 300 }, (_, index) => `ref${index}`)
    const { mail } = await compose(aDelivery({ thread: { subject: 'Roses', references } }))
    const named = mail.references?.split(' ') ?? []
    expect(named).toHaveLength(50)
    expect(named[0]).toBe(`<ref0@${RELAY_DOMAIN}>`)
    expect(named.at(-1)).toBe(`<ref299@${RELAY_DOMAIN}>`)
  })

  it('what a program says is marked as such; what a person says is not, and asks for no vacation notice', async () => {
    const message = await compose(aDelivery())
    expect(message.header('auto-submitted')).toBeUndefined()
    expect(message.header('x-auto-response-suppress')).toBe('OOF, AutoReply')
    for (const kind of ['offer', 'notice'] as const) {
      const mail = await compose(aDelivery({ kind }))
      expect(mail.header('auto-submitted')).toBe('auto-generated')
      expect(mail.header('x-auto-response-suppress')).toBe('All')
    }
    expect(message.header('x-parley-loop')).toBe('f00d')
  })

  it('an offer can be stopped from the mail program itself', async () => {
    expect((await compose(aDelivery({ kind: 'offer' }))).header('list-unsubscribe')).toBe(
      `<mailto:${OUR_ADDRESS}?subject=stop>`,
    )
    expect((await compose(aDelivery())).header('list-unsubscribe')).toBeUndefined()
  })

  it('a notice that nobody can answer comes from the shop and has no help line', async () => {
    const { mail } = await compose(aDelivery({ kind: 'notice', relay: null }))
    expect(mail.from).toMatchObject({ name: 'Garden shop', address: `no-reply@${RELAY_DOMAIN}` })
    expect(mail.replyTo).toBeUndefined()
    expect(mail.text).not.toContain('reply above')
  })

  it.each(languages)(
    'speaks to its reader in %s, and every one of its own lines differs from the English',
    async (language) => {
      const { mail } = await compose(aDelivery({ language, maybeTwice: true }))
      const lines = fixedLinesFor(language)
      expect(mail.text).toContain(lines.replyAbove)
      expect(mail.html).toContain(`lang="${language}"`)
      expect(mail.html).toContain(`dir="${language === 'ar' ? 'rtl' : 'ltr'}"`)
      if (language !== 'en') expect(lines.replyAbove).not.toBe(fixedLinesFor('en').replyAbove)
    },
  )

  it('no markup of a writer survives, and only our own links are links', async () => {
    const { mail } = await compose(
      aDelivery({
        content: {
          blocks: [
            {
              kind: 'said',
              by: '<img src=x>',
              text: '<script>alert(1)</script> https://evil.example & "quotes"',
              at: now,
            },
            { kind: 'note', text: '<b>note</b>' },
            { kind: 'link', label: 'Open "it" <here>', url: 'https://shop.example/c?a=1&b="2"' },
            { kind: 'code', label: '<i>', code: '<u>12</u>' },
            { kind: 'earlier', title: '<h1>', entries: [{ by: '<a>', text: '<iframe>', at: now }] },
          ],
        },
      }),
    )
    expect(mail.html).not.toMatch(/<(script|img|iframe|b|h1|i|u)[\s>]/)
    const links = [...(mail.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, url]) => url)
    expect(links).toEqual(['https://shop.example/c?a=1&amp;b=%222%22'])
    expect(mail.html).not.toMatch(/<[^>]*\b(src|background)=|url\(/i)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])(
    'a link to %s is a fault of the program, not a mail',
    (url) => {
      expect(() =>
        composeMail(aDelivery({ content: { blocks: [{ kind: 'link', label: 'x', url }] } }), writing, now),
      ).toThrow(/cannot link/)
    },
  )

  it.each([
    ['alias', { relay: { token: OUR_ADDRESS.split('@')[0] ?? '', alias: 'Bo\r\nBcc: all@evil.example\r\n\r\nbody' } }],
    ['subject', { thread: { subject: 'Hi\r\nBcc: all@evil.example\n\nbody', references: [] } }],
    ['language', { language: 'en\r\nBcc: all@evil.example' }],
    ['file name', { attachments: [aFile('a\r\nBcc: all@evil.example"; x="/../b.txt')] }],
    ['file type', { attachments: [aFile('a.txt', 'text/plain\r\nBcc: all@evil.example')] }],
  ] satisfies [string, Partial<OutboundDelivery>][])(
    'a line break in the %s cannot add a header',
    async (_, change) => {
      const { raw, mail } = await compose(aDelivery(change))
      expect(raw).not.toMatch(/^Bcc:/im)
      expect(mail.bcc).toBeUndefined()
      expect(mail.to).toMatchObject([{ address: 'bo@people.example' }])
    },
  )

  it.each([
    'bo@people.example\r\nRCPT TO:<x@evil.example>',
    'bo',
    '@people.example',
    'b o@people.example',
    '<bo@people.example>',
    `${'b'.repeat(65)}@people.example`,
  ])('what is not a mail address (%j) is rejected as an address', (to) => {
    expect(composeMail(aDelivery({ to }), writing, now)).toMatchObject({ ok: false, scope: 'address' })
  })

  it('a domain in another script is written to by its ASCII name; letters outside ASCII before the @ are refused in clear words', async () => {
    expect((await compose(aDelivery({ to: 'bo@bücher.example' }))).envelope.to).toBe('bo@xn--bcher-kva.example')
    expect(composeMail(aDelivery({ to: 'bö@people.example' }), writing, now)).toMatchObject({
      ok: false,
      scope: 'address',
      reason: 'only addresses with plain letters before the @ can be written to',
    })
  })

  it('subject, alias and file names of any script come out as they went in', async () => {
    const { mail, raw } = await compose(
      aDelivery({
        relay: { token: OUR_ADDRESS.split('@')[0] ?? '', alias: 'Голубая цапля' },
        thread: { subject: '質問 — Größe 🌹', references: [] },
        attachments: [aFile('Plan für Größe 質問.txt')],
      }),
    )
    expect(mail.subject).toBe('質問 — Größe 🌹')
    expect(mail.from?.name).toBe('Голубая цапля')
    expect(mail.attachments[0]?.filename).toBe('Plan für Größe 質問.txt')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything on the wire is ASCII
    expect(raw).toMatch(/^[\x00-\x7f]*$/)
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
  })

  it('a mail inside a mail goes as a closed file, so that its headers stay shut', async () => {
    const { mail } = await compose(aDelivery({ attachments: [aFile('a.eml', 'message/rfc822')] }))
    expect(mail.attachments[0]?.mimeType).toBe('application/octet-stream')
  })

  it('turned-around text and characters that nobody sees are taken out of names and words', async () => {
    const { mail } = await compose(
      aDelivery({
        relay: { token: OUR_ADDRESS.split('@')[0] ?? '', alias: 'He\u202eron\u0000' },
        content: { blocks: [{ kind: 'said', by: null, text: 'a\u0000b\u202ec\u0007', at: null }] },
      }),
    )
    expect(mail.from?.name).toBe('He ron')
    expect(mail.text).toContain('abc')
  })

  it('is signed by DKIM so that another implementation proves it', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const dkim = { selector: 's1', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
    const { raw } = await compose(aDelivery({ attachments: [aFile('a.txt')] }), { ...writing, dkim })
    const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
    const resolver = async (name: string) => {
      if (name === `s1._domainkey.${RELAY_DOMAIN}`) return [[record]]
      throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
    }
    const { dkim: checked } = await authenticate(Buffer.from(raw, 'latin1'), {
      resolver,
      disableBimi: true,
      trustReceived: false,
    })
    expect(checked.results[0]).toMatchObject({ signingDomain: RELAY_DOMAIN, status: { result: 'pass' } })
  })
})

function aFile(name: string, type = 'text/plain') {
  return {
    name,
    type,
    size: 5,
    url: 'https://parley.example/file',
    async *open() {
      yield Buffer.from('hello')
    },
  }
}

async function compose(delivery: OutboundDelivery, how = writing) {
  const composed: Composed = composeMail(delivery, how, now)
  if (!composed.ok) throw new Error(composed.reason)
  const chunks: Buffer[] = []
  for await (const chunk of composed.mail.open()) chunks.push(Buffer.from(chunk))
  const raw = Buffer.concat(chunks).toString('latin1')
  const mail: Email = await PostalMime.parse(Buffer.concat(chunks), { attachmentEncoding: 'arraybuffer' })
  return {
    raw,
    mail,
    envelope: composed.mail,
    header: (name: string) => mail.headers.find(({ key }) => key === name)?.value,
  }
}
