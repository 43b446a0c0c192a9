export interface Jid {
  /** `local@domain`, or the domain alone: what an address of a person or of ours is. */
  readonly bare: string
  readonly local: string | null
  readonly domain: string
  /** As it came, with the resource. */
  readonly full: string
  readonly resource: string | null
}

// RFC 7622 §3.1: each part at most 1023 octets; §3.3.1: what a local part never has. Whitespace and control characters stand nowhere.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const localShape = /^[^\s\u0000-\u001f"&'/:<>@]+$/u
const domainShape = /^[\p{L}\p{N}.:[\]_-]+$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const resourceShape = /^[^\u0000-\u001f]+$/u

/** Null for what is none. Servers fold local parts and domains to lower case before they compare; so do we. */
export function readJid(written: string | undefined): Jid | null {
  if (written === undefined || written.length > 3_071) return null
  const slash = written.indexOf('/')
  const bare = (slash < 0 ? written : written.slice(0, slash)).normalize('NFC').toLowerCase()
  const resource = slash < 0 ? null : written.slice(slash + 1)
  const at = bare.indexOf('@')
  const local = at < 0 ? null : bare.slice(0, at)
  const domain = bare.slice(at + 1)
  if (local !== null && !(fits(local) && localShape.test(local))) return null
  if (!fits(domain) || !domainShape.test(domain)) return null
  if (resource !== null && !(fits(resource) && resourceShape.test(resource))) return null
  return { bare, local, domain, resource, full: resource === null ? bare : `${bare}/${resource}` }
}

function fits(part: string): boolean {
  const octets = Buffer.byteLength(part)
  return octets > 0 && octets <= 1_023
}
