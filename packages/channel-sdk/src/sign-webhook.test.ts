import { expect, test } from 'vitest'
import { signWebhook, verifyWebhook } from './sign-webhook.ts'

const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`
const other = `whsec_${Buffer.from('another of twenty-four by').toString('base64')}`
const at = new Date('2026-03-01T09:00:00Z')
const body = '{"type":"message","text":"Grüße"}'
const bytes = Buffer.from(body)

test('E16 webhooks are signed as the Standard Webhooks specification says', () => {
  const fromSpec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const signed = signWebhook([fromSpec], {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  })
  expect(signed).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('E16 what was signed is believed, while a secret is replaced by the old one too', () => {
  const headers = { ...signWebhook([other, secret], { id: 'one', at, body }) }
  expect(verifyWebhook([secret], { headers, body: bytes, now: at })).toEqual({ ok: true, id: 'one' })
  expect(verifyWebhook([other], { headers, body: bytes, now: at })).toEqual({ ok: true, id: 'one' })
})

test.each([
  ['another secret', {}, body, 0, 'wrong-signature'],
  ['other words', {}, `${body} `, 0, 'wrong-signature'],
  ['another id', { 'webhook-id': 'two' }, body, 0, 'wrong-signature'],
  ['a later timestamp', { 'webhook-timestamp': String(at.getTime() / 1000 + 1) }, body, 0, 'wrong-signature'],
  ['an unknown version', { 'webhook-signature': 'v2,AAAA' }, body, 0, 'wrong-signature'],
  ['a copy, sent again later', {}, body, 301_000, 'too-old'],
  ['a clock that is ahead', {}, body, -301_000, 'too-old'],
  ['no timestamp', { 'webhook-timestamp': '' }, body, 0, 'headers-missing'],
  ['no signature', { 'webhook-signature': '' }, body, 0, 'headers-missing'],
  ['no id', { 'webhook-id': '' }, body, 0, 'headers-missing'],
])('E16 a forged webhook is not believed: %s', (what, change, text, laterMs, because) => {
  const headers = { ...signWebhook([what === 'another secret' ? other : secret], { id: 'one', at, body }), ...change }
  const now = new Date(at.getTime() + laterMs)
  expect(verifyWebhook([secret], { headers, body: Buffer.from(text), now })).toEqual({ ok: false, because })
})
