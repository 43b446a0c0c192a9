import { isIPv6 } from 'node:net'
import { hours } from '@parley/model'

/** How much of one thing may be done in an hour, by whom. */
export interface Quota {
  readonly visitor?: number
  readonly address?: number
  readonly network?: number
  readonly site?: number
}

export interface Doer {
  readonly visitor?: string
  readonly ip?: string
  readonly site?: string
}

const windowMs = hours(1)
const mostKeys = 200_000

/**
 * A floor against abuse: counts in the running hour and the one before, weighed by how much of it still lies in the last sixty minutes.
 * Kept in this process: several processes together allow as many times more, which is still a floor.
 */
export class Quotas<Name extends string> {
  readonly #limits: Readonly<Record<Name, Quota>>
  #current = new Map<string, number>()
  #before = new Map<string, number>()
  #began = 0

  constructor(limits: Readonly<Record<Name, Quota>>) {
    this.#limits = limits
  }

  /** Takes one if every limit allows it; else takes nothing and says how long to wait. */
  take(name: Name, doer: Doer, now: Date): { ok: true } | { ok: false; retryAfterSeconds: number } {
    this.#turn(now.getTime())
    const limits = this.#limits[name]
    const keys: [string, number][] = []
    if (doer.visitor && limits.visitor !== undefined) keys.push([`${name} v ${doer.visitor}`, limits.visitor])
    if (doer.ip && limits.address !== undefined) keys.push([`${name} a ${doer.ip}`, limits.address])
    if (doer.ip && limits.network !== undefined) keys.push([`${name} n ${networkOf(doer.ip)}`, limits.network])
    if (doer.site && limits.site !== undefined) keys.push([`${name} s ${doer.site}`, limits.site])
    const passed = (now.getTime() - this.#began) / windowMs
    for (const [key, limit] of keys) {
      const used = (this.#current.get(key) ?? 0) + (this.#before.get(key) ?? 0) * (1 - passed)
      if (used >= limit) return { ok: false, retryAfterSeconds: Math.ceil((windowMs * (1 - passed)) / 1000) }
    }
    for (const [key] of keys) this.#current.set(key, (this.#current.get(key) ?? 0) + 1)
    return { ok: true }
  }

  #turn(now: number): void {
    if (now - this.#began < windowMs && this.#current.size < mostKeys) return
    // Someone who invents keys to fill the table only makes the hour shorter, never the table larger.
    this.#before = now - this.#began < 2 * windowMs ? this.#current : new Map()
    this.#current = new Map()
    this.#began = now
  }
}

/** The /24 of an IPv4 address, the /48 of an IPv6 one: what one household or office usually has. */
export function networkOf(ip: string): string {
  const v4 = ip.startsWith('::ffff:') ? ip.slice(7) : ip
  if (!isIPv6(v4)) return v4.split('.').slice(0, 3).join('.')
  const [head = '', tail] = v4.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const full = tail === undefined ? groups : [...groups, ...Array(8 - groups.length - rest.length).fill('0'), ...rest]
  return full
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
