import { Resolver } from 'node:dns/promises'
import { isIPv6 } from 'node:net'

/** What is asked of DNS; a test brings its own. */
export interface NameLookup {
  reverse(ip: string): Promise<string[]>
  resolve4(name: string): Promise<string[]>
  resolve6(name: string): Promise<string[]>
}

/**
 * The network that an IP address belongs to, by name: `lab.example.edu`. The name that the address claims counts only when the name names
 * the address too, and only the part that belongs to the network is kept: the rest tells the machine, or the address itself.
 */
export async function networkOfIp(ip: string, lookup: NameLookup = systemLookup()): Promise<string | null> {
  const bare = ip.startsWith('::ffff:') ? ip.slice(7) : ip
  try {
    for (const name of (await lookup.reverse(bare)).slice(0, 3)) {
      const back = await (isIPv6(bare) ? lookup.resolve6(name) : lookup.resolve4(name))
      if (back.includes(bare)) return networkIn(name)
    }
  } catch {
    // No name, or no answer in time: the network is not known.
  }
  return null
}

/** Without the host, and without any label that has digits, for those count or spell out addresses. */
export function networkIn(name: string): string | null {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.')
  const own = labels.length > 2 ? labels.slice(1) : labels
  const lastWithDigits = own.findLastIndex((label, index) => /\d/.test(label) && index < own.length - 2)
  const kept = own.slice(lastWithDigits + 1).slice(-4)
  return kept.length >= 2 && kept.every((label) => /^[a-z0-9-]{1,63}$/.test(label)) ? kept.join('.') : null
}

function systemLookup(): NameLookup {
  return new Resolver({ timeout: 400, tries: 1 })
}
