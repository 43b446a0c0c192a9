import { createHmac } from 'node:crypto'
import { isSameSecret } from '../gateway/same-secret.ts'

/** Where Kannel reports what became of one part: `%d` it replaces by its code. Nobody can make one up. */
export function reportAddress(httpUrl: string, id: string, secret: string): string {
  return `${httpUrl}/report?id=${encodeURIComponent(id)}&sign=${sign(id, secret)}&state=%d`
}

export function isOurReport(id: string, given: string, secret: string): boolean {
  return isSameSecret(given, sign(id, secret))
}

const sign = (id: string, secret: string) =>
  createHmac('sha256', secret).update(`report ${id}`).digest('base64url').slice(0, 32)
