import webPush from 'web-push'
import type { VapidKeys } from './vapid-keys.ts'

const hourMs = 3_600_000
const mostOrigins = 200

/**
 * What says to a push service who calls (RFC 8292): signed for its origin, for two hours, and used for one, so that clocks may differ. Signing
 * anew each time would take as long as encrypting.
 */
export class VapidTokens {
  readonly #subject: string
  readonly #keys: VapidKeys
  readonly #made = new Map<string, { header: string; until: number }>()

  constructor(subject: string, keys: VapidKeys) {
    this.#subject = subject
    this.#keys = keys
  }

  for(origin: string, nowMs: number): string {
    const known = this.#made.get(origin)
    if (known && known.until > nowMs) return known.header
    if (this.#made.size >= mostOrigins) this.#made.clear()
    const { publicKey, privateKey } = this.#keys
    const expires = Math.floor((nowMs + 2 * hourMs) / 1_000)
    const made = webPush.getVapidHeaders(origin, this.#subject, publicKey, privateKey, 'aes128gcm', expires)
    this.#made.set(origin, { header: made.Authorization, until: nowMs + hourMs })
    return made.Authorization
  }
}
