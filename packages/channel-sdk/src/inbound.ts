import type { Said } from '@parley/model'

/** How sure a medium is about its sender. `contradicted` means that the evidence speaks against it. */
export interface SenderEvidence {
  address: string
  /** What the medium calls the sender (the display name of From). Believed for nothing; it is masked wherever it stands in what they write. */
  name?: string
  standing: 'proven' | 'contradicted' | 'unproven'
  why: string
}

/** One thing that came in. Everything in it is hostile until parsed, and parsed by the channel as far as the medium goes. */
export interface Inbound {
  channel: string
  /** The same for the same thing arriving twice (for mail: Message-ID and a hash of the body), at most 500 characters. */
  externalId: string
  /** The address of ours that it was written to: made of a token, one of the account's own, or a site's public one. */
  to: string
  from: SenderEvidence
  verdict: InboundVerdict
  said: Said
  attachments: InboundAttachment[]
  /** The bytes as they came: kept sealed. */
  raw: Uint8Array
  /** When the sender says it was written; null when it says nothing. Never trusted for order. */
  writtenAt: Date | null
  /** Language tag, where the medium names one. */
  language: string | null
  /** Subject or other title line, decoded; for a new conversation. */
  title: string | null
}

export type InboundVerdict =
  | { kind: 'message' }
  /** A program answered: a vacation notice, a read receipt, a list. Kept for the record, never an answer. */
  | { kind: 'automatic'; why: string }

export interface InboundAttachment {
  name: string
  type: string
  bytes: Uint8Array
  /** Shown inside the text rather than beside it. */
  inline: boolean
}

export type Receipt =
  | { outcome: 'accepted'; messageId: string }
  /** Was taken before; nothing was stored again. */
  | { outcome: 'duplicate' }
  /** Kept for a decision; the sender on record has been asked. */
  | { outcome: 'held' }
  /** Stored for the record, and somebody was or will be told why it is not an answer (late, automatic). */
  | { outcome: 'noted'; because: string }
  /** Nothing was stored. `text` may be told to the peer. */
  | { outcome: 'refused'; because: RefusalCode; text: string }

export type RefusalCode =
  | 'unknown-address'
  | 'retired-address'
  | 'too-large'
  | 'too-many'
  | 'loop'
  | 'nothing-in-it'
  | 'malformed'

export type AddressVerdict =
  | { accepts: true; maxBytes: number }
  /** `retired`: was in use once and never will be again. */
  | { accepts: false; because: 'unknown' | 'retired' | 'too-many' }
