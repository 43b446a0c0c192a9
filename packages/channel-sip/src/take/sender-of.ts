import type { SenderEvidence } from '@parley/channel-sdk'
import { readAddresses } from '../parse/parse-fields.ts'
import type { SipRequest } from '../parse/sip-message.ts'
import { addressKey, addressOf } from './address-of.ts'

export interface Vouched {
  /** It came from a proxy of ours, whose word counts. */
  readonly byProxy: boolean
  /** Who showed us a password, as an address; null when nobody did. */
  readonly byPassword: string | null
}

/**
 * How sure it is who wrote. From is anybody's claim; P-Asserted-Identity is the word of a proxy, and nothing when it comes from elsewhere
 * (RFC 3325 §5); a password that we asked for is proof.
 */
export function senderOf({ from, headers }: SipRequest, { byProxy, byPassword }: Vouched): SenderEvidence {
  const claimed = addressOf(from.uri)
  const name = from.display === '' ? {} : { name: from.display.slice(0, 200) }
  if (byPassword !== null) return weigh(claimed, [byPassword], name, 'password')
  const asserted = byProxy ? assertedIn(headers.get('p-asserted-identity') ?? []) : []
  if (asserted.length > 0) return weigh(claimed, asserted, name, 'P-Asserted-Identity')
  return { address: claimed, ...name, standing: 'unproven', why: 'From alone' }
}

function weigh(claimed: string, known: readonly string[], name: { name?: string }, why: string): SenderEvidence {
  const [first = claimed] = known
  // Who withholds their name in From (RFC 3323 §4.1) is whom the proxy names.
  if (anonymous.test(claimed)) return { address: first, standing: 'proven', why }
  const isSame = known.some((one) => addressKey(one) === addressKey(claimed))
  return isSame
    ? { address: claimed, ...name, standing: 'proven', why }
    : { address: claimed, ...name, standing: 'contradicted', why: `${why} names somebody else` }
}

const anonymous = /@anonymous\.invalid$/i

function assertedIn(lines: readonly string[]): string[] {
  const addresses = lines.flatMap((line) => readAddresses(line) ?? [])
  return addresses.flatMap(({ uri }) => (uri.kind === 'sip' ? [addressOf(uri)] : []))
}
