import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { expect, test } from 'vitest'
import { readMail } from './read-mail.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

const zone: Record<string, string[][]> = {
  'k1._domainkey.example.org TXT': [[`v=DKIM1; k=rsa; p=${key}`]],
  'k1._domainkey.mailer.example.com TXT': [[`v=DKIM1; k=rsa; p=${key}`]],
  '_dmarc.example.org TXT': [['v=DMARC1; p=reject']],
  'example.org TXT': [['v=spf1 ip4:192.0.2.7 -all']],
  '_dmarc.soft.example TXT': [['v=DMARC1; p=none']],
  'lax.example TXT': [['v=spf1 ip4:192.0.2.7 -all']],
}
async function resolver(name: string, type: string): Promise<string[][]> {
  const found = zone[`${name} ${type}`]
  if (found) return found
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}

const mailFrom = (domain: string, headers: string[] = []) =>
  [
    `From: Ana <ana@${domain}>`,
    'To: c-1@desk.example.net',
    'Subject: Hi',
    `Date: Tue, 04 Mar 2025 10:00:00 +0000`,
    'Message-ID: <1@x>',
    ...headers,
    '',
    'Yes.',
    '',
  ].join('\r\n')

async function signed(mail: string, domain: string): Promise<string> {
  const key = {
    signingDomain: domain,
    selector: 'k1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  const { signatures } = await dkimSign(Buffer.from(mail), {
    canonicalization: 'relaxed/relaxed',
    ...key,
    signatureData: [key],
  })
  return signatures + mail
}

const context = { ownDomains: ['desk.example.net'], trustedAuthservIds: ['mx.ours.example'], resolver }
const session = (ip: string, mailFrom: string) => ({
  ip,
  helo: 'mx.example.org',
  mailFrom,
  rcptTo: ['c-1@desk.example.net'],
})
const standing = async (mail: string, more: object = {}) =>
  (await readMail(Buffer.from(mail), { ...context, ...more })).authenticity

test('a mail signed by the sender’s own domain is proven', async () => {
  expect(await standing(await signed(mailFrom('example.org'), 'example.org'))).toEqual({
    standing: 'proven',
    why: 'dkim-aligned',
  })
})

test('a mail that the sender’s own server hands over is proven by SPF; from any other server it is contradicted', async () => {
  const mail = mailFrom('example.org')
  expect(await standing(mail, { receivedFrom: session('192.0.2.7', 'ana@example.org') })).toEqual({
    standing: 'proven',
    why: 'spf-aligned',
  })
  expect(await standing(mail, { receivedFrom: session('203.0.113.9', 'ana@example.org') })).toEqual({
    standing: 'contradicted',
    why: 'dmarc-fail',
  })
})

test('SPF for another domain than the one in From proves nothing', async () => {
  const reading = await standing(mailFrom('lax.example'), { receivedFrom: session('192.0.2.7', 'bounce@example.org') })
  expect(reading).toEqual({ standing: 'unproven', why: 'nothing-aligned' })
})

test('a domain without DMARC is proven by SPF of its own name', async () => {
  expect(await standing(mailFrom('lax.example'), { receivedFrom: session('192.0.2.7', 'ana@lax.example') })).toEqual({
    standing: 'proven',
    why: 'spf-aligned',
  })
})

test('a mail fetched from a mailbox says nothing by SPF: without a signature it is unproven, not contradicted', async () => {
  expect((await standing(mailFrom('example.org'))).standing).toBe('unproven')
})

test('a signed mail that was changed on the way is contradicted where its domain asks for refusal', async () => {
  const changed = (await signed(mailFrom('example.org'), 'example.org')).replace('Yes.', 'No, never.')
  expect(await standing(changed)).toEqual({ standing: 'contradicted', why: 'dkim-broken' })
})

test('somebody else’s valid signature does not prove the From', async () => {
  expect((await standing(await signed(mailFrom('example.org'), 'mailer.example.com'))).standing).toBe('unproven')
})

test('a second From field, or a second address in it, is never proven', async () => {
  const two = await signed(`From: Boss <boss@bank.example>\r\n${mailFrom('example.org')}`, 'example.org')
  expect(await standing(two)).toEqual({ standing: 'unproven', why: 'no-single-sender' })
})

test('DNS that does not answer leaves a mail unproven and says so', async () => {
  const down = async () => {
    throw Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })
  }
  const mail = await signed(mailFrom('example.org'), 'example.org')
  expect(await standing(mail, { resolver: down })).toEqual({ standing: 'unproven', why: 'dns-unavailable' })
})

test.each([
  ['mx.ours.example; dmarc=pass header.from=example.org', 'proven', 'relay-says-dmarc-pass'],
  [
    'mx.ours.example 1; spf=fail smtp.mailfrom=x@example.org; dkim=pass (good; "really") header.d=example.org',
    'proven',
    'relay-says-dkim-aligned',
  ],
  ['mx.ours.example; spf=pass smtp.mailfrom=ana@example.org', 'proven', 'relay-says-spf-aligned'],
  ['mx.ours.example; dmarc=fail (p=REJECT sp=NONE) header.from=example.org', 'contradicted', 'relay-says-dmarc-fail'],
  ['mx.ours.example; dmarc=fail (p=NONE) header.from=example.org', 'unproven', 'nothing-aligned'],
  ['mx.ours.example; dkim=pass header.d=evil.example', 'unproven', 'nothing-aligned'],
  ['mx.ours.example; dmarc=pass header.from=evil.example', 'unproven', 'nothing-aligned'],
  ['mx.evil.example; dmarc=pass header.from=example.org', 'unproven', 'not-checked'],
  ['mx.evil.example (mx.ours.example; dmarc=pass header.from=example.org)', 'unproven', 'not-checked'],
])('a relay that writes "%s" makes the sender %s', async (header, expected, why) => {
  const mail = mailFrom('example.org', [`Authentication-Results: ${header}`])
  const { authenticity } = await readMail(Buffer.from(mail), {
    ownDomains: [],
    trustedAuthservIds: ['mx.ours.example'],
  })
  expect(authenticity).toEqual({ standing: expected, why })
})

test('a forged header below the trusted relay’s own is not looked at', async () => {
  const mail = mailFrom('example.org', [
    'Authentication-Results: mx.ours.example; dmarc=fail (p=reject) header.from=example.org',
    'Authentication-Results: mx.ours.example; dmarc=pass header.from=example.org',
  ])
  expect((await standing(mail)).standing).toBe('contradicted')
})

test('a mail with more signatures than anybody needs is held, and asks the DNS for none of them', async () => {
  let asked = 0
  const counting = async (name: string, type: string) => {
    asked++
    return resolver(name, type)
  }
  const one = await signed(mailFrom('example.org'), 'example.org')
  const signature = one.slice(0, one.indexOf('From:'))
  expect(await standing(signature.repeat(11) + mailFrom('example.org'), { resolver: counting })).toEqual({
    standing: 'contradicted',
    why: 'too-many-signatures',
  })
  expect(asked).toBe(0)
})

test('signatures made of noise leave a mail unproven or contradicted, and readable', async () => {
  let seed = 11
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  const good = await signed(mailFrom('example.org'), 'example.org')
  const end = good.indexOf('From:')
  for (let round = 0; round < 300; round++) {
    const bytes = Buffer.from(good)
    for (let change = 0; change < 6; change++) bytes[15 + next(end - 20)] = next(256)
    const reading = await readMail(bytes, context)
    expect(reading.authenticity.standing === 'proven' ? reading.authenticity.why : 'dkim-aligned').toBe('dkim-aligned')
    expect(reading.verdict.kind).toBe('message')
  }
})
