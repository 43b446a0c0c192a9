import type { SipUri } from './parse-uri.ts'
import type { Via } from './parse-via.ts'

/** A message as understood. What every message must have is parsed; the rest stands in `headers`. */
export type SipMessage = SipRequest | SipResponse

export interface SipRequest extends SipFields {
  readonly kind: 'request'
  readonly method: string
  readonly uri: SipUri
  /** 0 to 255; null where a peer of RFC 2543 did not say. */
  readonly maxForwards: number | null
}

export interface SipResponse extends SipFields {
  readonly kind: 'response'
  /** 100 to 699. */
  readonly status: number
  readonly reason: string
}

export interface SipFields {
  readonly headers: SipHeaders
  /** Top one first; never empty. */
  readonly via: readonly [Via, ...Via[]]
  readonly from: NameAddress
  readonly to: NameAddress
  readonly callId: string
  readonly cseq: { readonly number: number; readonly method: string }
  readonly body: Uint8Array
}

/** Values by the long name in lower case, in their order, one for each header line, unfolded. */
export type SipHeaders = ReadonlyMap<string, readonly string[]>

/** name-addr or addr-spec with what follows it (RFC 3261 §20.10): From, To, Contact, Route. */
export interface NameAddress {
  /** Decoded; empty where there is none. */
  readonly display: string
  readonly uri: SipUri
  readonly params: SipParams
}

/** Names in lower case; null for a parameter without a value. */
export type SipParams = ReadonlyMap<string, string | null>

export type ParseResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly because: string }

export function firstHeader(headers: SipHeaders, name: string): string | undefined {
  return headers.get(name)?.[0]
}
