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
const mostNetworks = 10_000
const kinds = ['visitor', 'address', 'network', 'site'] as const

/** One limit on one thing, and what each has done of it. */
interface Limit {
  readonly kind: keyof Quota
  readonly most: number
  current: Map<string, number>
  before: Map<string, number>
}

/**
 * A floor against abuse: counts in the running hour and the one before, weighed by how much of it still lies in the last sixty minutes.
 * Kept in this process: several processes together allow as many times more, which is still a floor.
 */
export class Quotas<Name extends string> {
  readonly #limits = new Map<string, readonly Limit[]>()
  readonly #networks = new Map<string, string>()
  #size = 0
  #began = 0

  constructor(limits: Readonly<Record<Name, Quota>>) {
    for (const [name, quota] of Object.entries<Quota>(limits)) {
      const own = kinds.flatMap((kind) => {
        const most = quota[kind]
        return most === undefined ? [] : [{ kind, most, current: new Map(), before: new Map() }]
      })
      this.#limits.set(name, own)
    }
  }

  /** Takes one if every limit allows it; else takes nothing and says how long to wait. */
  take(name: Name, doer: Doer, now: Date): { ok: true } | { ok: false; retryAfterSeconds: number } {
    this.#turn(now.getTime())
    const limits = this.#limits.get(name) ?? []
    const passed = (now.getTime() - this.#began) / windowMs
    for (const { kind, most, current, before } of limits) {
      const key = this.#keyOf(kind, doer)
      const used = key ? (current.get(key) ?? 0) + (before.get(key) ?? 0) * (1 - passed) : 0
      if (used >= most && key) return { ok: false, retryAfterSeconds: Math.ceil((windowMs * (1 - passed)) / 1000) }
    }
    for (const { kind, current } of limits) {
      const key = this.#keyOf(kind, doer)
      if (!key) continue
      const used = current.get(key) ?? 0
      if (used === 0) this.#size += 1
      current.set(key, used + 1)
    }
    return { ok: true }
  }

  #keyOf(kind: keyof Quota, { visitor, ip, site }: Doer): string | undefined {
    if (kind === 'visitor') return visitor
    if (kind === 'site') return site
    return ip && kind === 'network' ? this.#networkOf(ip) : ip
  }

  #networkOf(ip: string): string {
    const known = this.#networks.get(ip)
    if (known !== undefined) return known
    if (this.#networks.size >= mostNetworks) this.#networks.clear()
    const network = networkOf(ip)
    this.#networks.set(ip, network)
    return network
  }

  #turn(now: number): void {
    if (now - this.#began < windowMs && this.#size < mostKeys) return
    // Someone who invents keys to fill the table only makes the hour shorter, never the table larger.
    const isRecent = now - this.#began < 2 * windowMs
    for (const limit of [...this.#limits.values()].flat()) {
      limit.before = isRecent ? limit.current : new Map()
      limit.current = new Map()
    }
    this.#size = 0
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
