import { hkdfSync } from 'node:crypto'

/** A key for one purpose out of the installation's secret: what is known of one tells nothing of another (RFC 5869). */
export function keyFor(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `parley ${purpose}`, 32))
}
