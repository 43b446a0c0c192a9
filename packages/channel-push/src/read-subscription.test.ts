import { createECDH } from 'node:crypto'
import { expect, test } from 'vitest'
import { readSubscription } from './read-subscription.ts'

const hosts = ['push.example', '*.notify.example', 'localhost:8443']
const curve = createECDH('prime256v1')
curve.generateKeys()
const keys = { p256dh: curve.getPublicKey('base64url'), auth: Buffer.alloc(16, 7).toString('base64url') }
const at = (endpoint: string) => readSubscription({ endpoint, keys, expirationTime: null }, hosts)

test('E14: a subscription of a known push service is read, and nothing more than it is kept', () => {
  expect(at('https://push.example/send/abc')).toEqual({ endpoint: 'https://push.example/send/abc', keys })
  expect(at('https://db5.notify.example/w/?token=1')).not.toBeNull()
  expect(at('https://localhost:8443/push/1')).not.toBeNull()
})

test('E14: an endpoint that leads elsewhere is none, however it is written', () => {
  for (const endpoint of [
    'http://push.example/send/abc',
    'https://push.example:8443/send/abc',
    'https://push.example.evil.example/',
    'https://evil.example/push.example',
    'https://notpush.example/',
    'https://xnotify.example/',
    'https://notify.example/',
    'https://user:word@push.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://0x7f000001/',
    'https://localhost/',
    'https://169.254.169.254/latest/meta-data',
    'https://db5.notify.example:444/',
    'file:///etc/passwd',
    'not a URL',
    `https://push.example/${'a'.repeat(1_000)}`,
  ]) {
    expect(at(endpoint), endpoint).toBeNull()
  }
})

test('E14: keys that nothing can be encrypted for are none', () => {
  const endpoint = 'https://push.example/1'
  const offCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url')
  for (const given of [
    null,
    'x',
    {},
    { endpoint },
    { endpoint, keys: {} },
    { endpoint, keys: { ...keys, p256dh: offCurve } },
    { endpoint, keys: { ...keys, p256dh: '' } },
    { endpoint, keys: { ...keys, auth: 'AAAA' } },
    { endpoint, keys: { ...keys, auth: '!'.repeat(22) } },
    { endpoint: 7, keys },
  ]) {
    expect(readSubscription(given, hosts)).toBeNull()
  }
})
