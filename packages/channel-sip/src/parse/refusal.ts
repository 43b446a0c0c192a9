import type { SipHeaders } from './sip-message.ts'

/** Why a message was not understood. For a request `status` is what its sender may be told (RFC 4475), when it can be told at all. */
export interface ParseRefusal {
  readonly because: RefusedBecause
  readonly text: string
  /** Null for a response, and for what is no SIP message: nobody is told. */
  readonly status: 400 | 413 | 501 | 505 | null
  /** What could be read before it was refused: an answer repeats Via, From, To, Call-ID and CSeq out of it. */
  readonly headers: SipHeaders
  readonly method: string | null
}

export type RefusedBecause =
  | 'not-sip'
  | 'too-large'
  | 'truncated'
  | 'start-line'
  | 'version'
  | 'status-code'
  | 'request-uri'
  | 'control-character'
  | 'header-line'
  | 'too-many-headers'
  | 'missing-header'
  | 'repeated-header'
  | 'content-length'
  | 'via'
  | 'from'
  | 'to'
  | 'call-id'
  | 'cseq'
  | 'method-mismatch'
  | 'max-forwards'
  | 'contact'
  | 'route'
  | 'date'
  | 'expires'
  | 'content-type'
