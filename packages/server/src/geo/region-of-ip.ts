import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { Reader } from 'mmdb-lib'

/** Says which country, or which part of it, an IP address is used in (ISO 3166: `IS`, `US-AK`); null when the database does not know. */
export type RegionOfIp = (ip: string) => string | null

/** The database that comes along: countries only, and free for everyone (CC0). */
const bundled = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

/**
 * Reads an MMDB file into memory: one of your own (MaxMind's GeoIP2 or GeoLite2, DB-IP, IPinfo, ip-location-db), or the one that comes
 * along when `file` is undefined. Null knows nothing. The address is looked up and forgotten.
 */
export function openRegions(file: string | null | undefined): RegionOfIp {
  if (file === null) return () => null
  const reader = new Reader(readFileSync(file ?? createRequire(import.meta.url).resolve(bundled)))
  return (ip) => {
    const bare = ip.startsWith('::ffff:') ? ip.slice(7) : ip
    // These files keep IPv4 under `::/96`, where ::1 would be taken for 0.0.0.1.
    return isIP(bare) && !isNowhere(bare) ? regionIn(reader.get(bare)) : null
  }
}

const nowhere = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  nowhere.addSubnet(network, prefix)
}

/** Private and reserved networks: a registry lists some of them under its own country. */
function isNowhere(ip: string): boolean {
  return isIPv6(ip) ? ip.startsWith('::') || /^f[cde]/i.test(ip) : nowhere.check(ip)
}

/** The shapes in which makers of such databases write a place. */
function regionIn(record: unknown): string | null {
  const country = textAt(record, 'country', 'iso_code') ?? textAt(record, 'country_code') ?? textAt(record, 'country')
  if (!country || !/^[A-Za-z]{2}$/.test(country)) return null
  const part =
    textAt(record, 'subdivisions', 0, 'iso_code') ?? textAt(record, 'region_code') ?? textAt(record, 'subdivision_code')
  const code = country.toUpperCase()
  if (!part) return code
  const bare = part.toUpperCase().replace(`${code}-`, '')
  return /^[A-Z0-9]{1,3}$/.test(bare) ? `${code}-${bare}` : code
}

function textAt(value: unknown, ...path: (string | number)[]): string | null {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return null
    found = (found as Record<string | number, unknown>)[step]
  }
  return typeof found === 'string' ? found : null
}
