import type { Medium } from '@parley/model'
import { readEmail } from './read-email.ts'
import { readJid } from './read-jid.ts'
import { readPhone } from './read-phone.ts'
import { readSip } from './read-sip.ts'

/** The media on which somebody can type an address of their own, in the order in which they are offered. */
export const typedMedia = ['email', 'sms', 'xmpp', 'sip'] as const satisfies readonly Medium[]
export type TypedMedium = (typeof typedMedia)[number]

export function isTypedMedium(medium: string): medium is TypedMedium {
  return typedMedia.some((one) => one === medium)
}

export interface AddressContext {
  /** ISO 3166 codes of the countries whose national phone numbers are understood, the likeliest first. */
  readonly countries: readonly string[]
  /** Domains on which every address is one of ours, in lower case. */
  readonly ownDomains: readonly string[]
}

/**
 * `value` is what a channel sends to: `bo@example.org` for mail and XMPP (bare), E.164 for SMS (`+4791234567`), `sip:bo@example.org` for
 * SIP. `key` is what addresses of one medium are compared by, and nothing that a channel is given.
 */
export type ReadAddress =
  | { readonly ok: true; readonly value: string; readonly key: string }
  /** `own-domain`: one of ours, which would answer itself. `not-reachable`: a number that takes no messages, or takes money for them. */
  | { readonly ok: false; readonly refusal: 'malformed' | 'own-domain' | 'not-reachable' }

/** An address as somebody typed it. */
export function readAddress(medium: TypedMedium, typed: string, context: AddressContext): ReadAddress {
  if (typed.length > longestTyped) return { ok: false, refusal: 'malformed' }
  const read = readers[medium](typed.normalize('NFKC').trim(), context)
  if (read.ok && context.ownDomains.includes(domainOf(read.key))) {
    return { ok: false, refusal: 'own-domain' }
  }
  return read
}

function domainOf(key: string): string {
  return key.slice(key.lastIndexOf('@') + 1).replace(/:\d+$/, '')
}

/** An address as a channel reports it, for comparing with the keys of known ones. Never refuses: what is malformed equals nothing. */
export function addressKey(medium: Medium, address: string): string {
  const none: AddressContext = { countries: [], ownDomains: [] }
  if (!isTypedMedium(medium)) return medium === 'mms' ? addressKey('sms', address) : address.trim()
  const read = address.length > longestTyped ? null : readers[medium](address.trim(), none)
  return read?.ok ? read.key : address.trim().toLowerCase()
}

// A JID is the longest: 1,023 bytes on each side (RFC 7622 §3.1), which nobody has. 320 is what a mail address may be (RFC 3696 §3, erratum).
const longestTyped = 320

const readers: Readonly<Record<TypedMedium, (typed: string, context: AddressContext) => ReadAddress>> = {
  email: readEmail,
  sms: readPhone,
  xmpp: readJid,
  sip: readSip,
}
