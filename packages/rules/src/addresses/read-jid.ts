import { domainKey } from './domain-key.ts'
import type { ReadAddress } from './read-address.ts'

/**
 * A bare JID of a person (RFC 7622): localpart and domainpart. A resource is left out, for it names one program of theirs; without a
 * localpart it is a server. The localpart is compared without regard to case (§3.3.1, UsernameCaseMapped).
 */
export function readJid(typed: string): ReadAddress {
  const [bare = ''] = typed.replace(/^xmpp:/i, '').split(/[/?]/, 1)
  const at = bare.indexOf('@')
  const local = bare.slice(0, at).normalize('NFC').toLowerCase()
  const domain = domainKey(bare.slice(at + 1))
  if (at < 1 || !isLocal(local) || domain === null) return { ok: false, refusal: 'malformed' }
  // On the wire a domainpart stands in its Unicode form (§3.2), to be compared in the other.
  const spoken = bare
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/, '')
  return { ok: true, value: `${local}@${spoken}`, key: `${local}@${domain}` }
}

// What RFC 7622 §3.3.1 takes out of the IdentifierClass (RFC 8264 §4.2): spaces, controls, symbols that belong to XML and to JIDs.
const forbidden = /[\s"&'/:<>@\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Z}]/u

function isLocal(local: string): boolean {
  return local !== '' && !forbidden.test(local) && local.isWellFormed()
}
