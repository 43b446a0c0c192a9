import type { IdentitySpan } from './identity-span.ts'

/** Internet addresses, both versions, of the networks that everybody shares: a private one (RFC 1918, loopback) tells nobody's place. Four small numbers behind "version", "build" or "section" are none. */
export function findIps(text: string): IdentitySpan[] {
  const found: IdentitySpan[] = []
  for (const { index, 0: address } of text.matchAll(IPV4)) {
    if (isIpv4(address) && !PRIVATE.test(address) && !COUNTED.test(text.slice(Math.max(0, index - 20), index))) {
      found.push({ from: index, to: index + address.length, kind: 'ip', value: address })
    }
  }
  // Most colons stand in times: an address has two and more.
  for (const { index, 0: run } of TWO_COLONS.test(text) ? text.matchAll(IPV6_RUN) : []) {
    if (/[\p{L}\p{N}_:]/u.test(text[index - 1] ?? '') || /[\p{L}\p{N}_:]/u.test(text[index + run.length] ?? ''))
      continue
    const address = run.replace(/[.:]$/, (end, at: number) => (end === ':' && run[at - 1] === ':' ? end : ''))
    if (isIpv6(address))
      found.push({ from: index, to: index + address.length, kind: 'ip', value: address.toLowerCase() })
  }
  return found
}

const IPV4 = /(?<![\p{L}\p{N}_.-])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\p{L}\p{N}_-]|\.\d)/gu
const IPV6_RUN = /[0-9a-f:.]{4,45}/gi
const TWO_COLONS = /:[0-9a-f.]*:/i
const PRIVATE = /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./
const COUNTED =
  /(?:\bv|version|versión|versão|versione|wersja|версия|ver|release|firmware|build|update|section|chapter|clause|abschnitt|kapitel|artikel|§|rev|revision)[\s.:#-]{0,3}$/i

function isIpv4(address: string): boolean {
  const parts = address.split('.')
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255) &&
    parts[0] !== '0'
  )
}

/** RFC 4291 §2.2, without the forms that name nobody (`::`, `::1`) and those that are as likely a word (`a::b`). */
function isIpv6(address: string): boolean {
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const embedded = last.includes('.')
  if (embedded && !isIpv4(last)) return false
  const plain = embedded ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const size = plain.length + (embedded ? 2 : 0)
  if (halves.length === 1) return size === 8
  return size < 8 && (size >= 3 || (size === 2 && /\d/.test(address)))
}
