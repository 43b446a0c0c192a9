import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { openWebhook } from './open-webhook.ts'

const secret = `whsec_${Buffer.from('what only the two of them know').toString('base64')}`
const now = new Date('2026-03-01T09:00:00Z')
const body = JSON.stringify({ type: 'ping', timestamp: now.toISOString(), data: { challenge: 'Grüße' } })

function sent({ key = secret, at = now, of = body, id = 'one' } = {}) {
  const timestamp = String(at.getTime() / 1000)
  const raw = Buffer.from(key.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', raw).update(`${id}.${timestamp}.${of}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,AAAA v1a,x v1,${signature}` }
}

test('E16 a receiver opens what Parley signed, however its server gives headers and body', async () => {
  const opened = { ok: true, id: 'one', webhook: JSON.parse(body) as unknown }
  expect(await openWebhook(secret, { headers: sent(), body }, now)).toEqual(opened)
  expect(
    await openWebhook(['whsec_AAAA', secret], { headers: new Headers(sent()), body: Buffer.from(body) }, now),
  ).toEqual(opened)
})

test('E16 the signature of the specification’s own example is right', async () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const given = { headers, body: '{"test": 2432232314}' }
  const opened = await openWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', given, new Date(1_614_265_330_000))
  expect(opened).toMatchObject({ ok: true })
})

test.each([
  ['another body', { headers: sent(), body: `${body} ` }, 'wrong-signature'],
  ['another secret', { headers: sent({ key: 'whsec_QUJD' }), body }, 'wrong-signature'],
  ['another id', { headers: { ...sent(), 'webhook-id': 'two' }, body }, 'wrong-signature'],
  ['no signature', { headers: { ...sent(), 'webhook-signature': '' }, body }, 'headers-missing'],
  ['no base64', { headers: { ...sent(), 'webhook-signature': 'v1,%%%' }, body }, 'wrong-signature'],
  ['a copy from before', { headers: sent({ at: new Date(now.getTime() - 301_000) }), body }, 'too-old'],
  ['no JSON', { headers: sent({ of: 'hello' }), body: 'hello' }, 'not-understood'],
])('E16 a receiver is told what is wrong: %s', async (_, given, because) => {
  expect(await openWebhook(secret, given, now)).toEqual({ ok: false, because })
})
