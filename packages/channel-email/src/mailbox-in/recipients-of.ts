/** Whom a mail in a mailbox may have been for. Addresses as they stand, each once. */
export interface Recipients {
  /** What mail servers on the way wrote down. It may name the mailbox instead of the address that led there. */
  traced: string[]
  /** What the writer says: To and Cc. */
  written: string[]
}

/** Read from the headers alone, since the envelope is gone. */
export function recipientsOf(raw: Uint8Array): Recipients {
  const headers = headerFields(raw)
  return { traced: addressesIn(headers, tracing), written: addressesIn(headers, writing) }
}

const tracing = new Set(['delivered-to', 'x-original-to', 'x-envelope-to', 'envelope-to', 'x-delivered-to'])
const writing = new Set(['to', 'cc', 'resent-to', 'resent-cc'])

// A header block longer than this is an attack, and cutting it can lose only recipients of a mail to thousands.
const longestHeaders = 256 * 1024

function headerFields(raw: Uint8Array): string[] {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, longestHeaders)).toString('latin1')
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length
  return head
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
}

function addressesIn(fields: string[], names: ReadonlySet<string>): string[] {
  const found = new Set<string>()
  for (const field of fields) {
    const colon = field.indexOf(':')
    if (colon < 0 || !names.has(field.slice(0, colon).trim().toLowerCase())) continue
    for (const [address] of field.slice(colon + 1).matchAll(/[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,190}/gi)) {
      found.add(address.toLowerCase())
      if (found.size >= 1_000) return [...found]
    }
  }
  return [...found]
}
