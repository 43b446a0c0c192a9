import { createECDH } from 'node:crypto'
import { expect, test } from 'vitest'
import { vapidKeysFrom } from './vapid-keys.ts'

test('the same secret gives the same keys on every process, and another one others', () => {
  const secret = Buffer.alloc(32, 1)
  expect(vapidKeysFrom(secret)).toEqual(vapidKeysFrom(secret))
  expect(vapidKeysFrom(Buffer.alloc(32, 2)).publicKey).not.toBe(vapidKeysFrom(secret).publicKey)
})

test('the public key is the point of the private one, as browsers want it', () => {
  const { publicKey, privateKey } = vapidKeysFrom(Buffer.alloc(32, 3))
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(Buffer.from(privateKey, 'base64url'))
  expect(curve.getPublicKey('base64url')).toBe(publicKey)
  expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65)
})
