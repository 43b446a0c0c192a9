/** Not XML, or XML that RFC 6120 §11.1 forbids (comments, processing instructions, DTDs, entities of one's own): the stream cannot go on. */
export class XmlFault extends Error {}

/** Which namespace a prefix stands for; the empty one is that of names without. */
export type Scope = Readonly<Record<string, string>>

export interface Tag {
  name: string
  ns: string
  attrs: Readonly<Record<string, string>>
  scope: Scope
  /** The name with its prefix, which the end tag repeats. */
  written: string
  /** It has more attributes than anybody reads. */
  isCut: boolean
}

const tagShape = /^<([^\s/>=<'"&]+)((?:\s+[^\s/>=<'"&]+\s*=\s*(?:'[^'<]*'|"[^"<]*"))*)\s*\/?>$/
const attributeShape = /([^\s=]+)\s*=\s*(?:'([^']*)'|"([^"]*)")/g
const mostAttributes = 60

/** A start tag, from `<` to `>`. */
export function readTag(tag: string, around: Scope): Tag {
  const [, written, rest = ''] = tagShape.exec(tag) ?? []
  if (!written) throw new XmlFault('a tag that cannot be read')
  const attrs: Record<string, string> = Object.create(null)
  let scope = around
  let count = 0
  for (const [, key = '', single, double = ''] of rest.matchAll(attributeShape)) {
    if (key in attrs) throw new XmlFault('an attribute that stands twice')
    if (++count > mostAttributes) break
    const value = resolved(single ?? double)
    attrs[key] = value
    if (key === 'xmlns') scope = { ...scope, '': value }
    else if (key.startsWith('xmlns:')) scope = { ...scope, [key.slice(6)]: value }
  }
  const colon = written.indexOf(':')
  const prefix = colon < 0 ? '' : written.slice(0, colon)
  const ns = Object.hasOwn(scope, prefix) ? scope[prefix] : undefined
  const isCut = count > mostAttributes
  // Of a tag that was cut the declaration may not have been read: it is skipped, and no reason to end the stream.
  if (ns === undefined && !isCut) throw new XmlFault('a prefix that nobody declared')
  return {
    name: written.slice(colon + 1),
    ns: ns === undefined || stanzaNamespaces.has(ns) ? 'jabber:client' : ns,
    attrs,
    scope,
    written,
    isCut,
  }
}

// The same stanzas under three names, by the kind of stream (RFC 6120 §4.8.2, XEP-0114 §5): nobody needs to tell them apart.
const stanzaNamespaces: ReadonlySet<string> = new Set(['jabber:component:accept', 'jabber:server'])

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', apos: "'", quot: '"' }

/** Text or a value with its references put in. */
export function resolved(written: string): string {
  if (!written.includes('&')) return written
  return written.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));|&/g, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
    const sign = code === null ? named[name ?? ''] : isCharacter(code) ? String.fromCodePoint(code) : undefined
    if (sign === undefined) throw new XmlFault(`a reference to nothing (${whole.length} characters)`)
    return sign
  })
}

/** XML 1.0 §2.2 */
function isCharacter(code: number): boolean {
  if (code === 0x9 || code === 0xa || code === 0xd) return true
  return (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}
