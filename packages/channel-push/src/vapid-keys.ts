import { createECDH, hkdfSync } from 'node:crypto'

/** The key pair by which push services know this installation (RFC 8292): base64url, the public one uncompressed as `applicationServerKey` wants it. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/**
 * Derived from the installation's secret, so that every process has the same pair and nothing more has to be kept: browsers that subscribed
 * under one key never hear of another.
 */
export function vapidKeysFrom(secret: Uint8Array): VapidKeys {
  for (let round = 0; ; round += 1) {
    const scalar = Buffer.from(hkdfSync('sha256', secret, '', `parley push ${round}`, 32))
    const curve = createECDH('prime256v1')
    try {
      curve.setPrivateKey(scalar)
    } catch {
      // One of 2^32 numbers of 32 bytes is none of the curve's (FIPS 186-5 §A.2.1): take the next.
      continue
    }
    return { publicKey: curve.getPublicKey('base64url'), privateKey: scalar.toString('base64url') }
  }
}
