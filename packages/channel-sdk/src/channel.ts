import type { Clock, Medium, Said } from '@parley/model'

/**
 * A channel is a gateway that speaks one medium. The server starts it, gives it deliveries one at a time for each lane, and takes what
 * comes in by `host.receive`. A channel keeps nothing that another process could not take over: all state is the server's.
 */
export interface Channel {
  /** Unique among the configured channels; kept with every message that came in through it. */
  readonly name: string
  readonly medium: Medium
  /** May an attempt whose outcome is unknown be repeated once? True where the reader's program folds repetitions (a mail with the same Message-ID), false for what costs. */
  readonly repeatsUnknown: boolean

  /**
   * Begin listening and connecting. Resolves when the channel can be used or has begun to reconnect by itself: a peer that is down is a
   * `health()`, not a rejection. Rejects only for what no waiting will mend (a port in use, a wrong option).
   */
  start(host: ChannelHost): Promise<void>

  /** Take no more, finish what is under way (at most ten seconds), close. Called once. */
  stop(): Promise<void>

  /**
   * Hand one delivery to the medium. An attempt is already recorded when this is called. Must not throw for anything the outside can
   * cause: translate it into an outcome. Called again for the same delivery only after `retry`, or after `unknown` where `repeatsUnknown`.
   */
  send(delivery: OutboundDelivery): Promise<Outcome>

  health(): Health
}

/** What a channel may ask of the server. */
export interface ChannelHost {
  /** Everything inward. Resolves when it is durable: only then may the channel acknowledge to its peer. Rejects when the server cannot store now (tell the peer to try again). */
  receive(inbound: Inbound): Promise<Receipt>
  /** Is this address of ours in use? Asked before the body is read (SMTP: at RCPT). `limits` are for that address. */
  mayReceive(address: string): Promise<AddressVerdict>
  /** A report about an earlier delivery: read, delivered, or bounced. */
  report(report: DeliveryReport): Promise<void>
  readonly clock: Clock
  /** Ids and reasons only: never text, never an address. */
  readonly log: ChannelLog
}

export interface ChannelLog {
  info(event: string, facts?: Record<string, string | number | boolean>): void
  warn(event: string, facts?: Record<string, string | number | boolean>): void
}

export type AddressVerdict =
  | { accepts: true; maxBytes: number }
  /** `retired`: was in use once and never will be again. */
  | { accepts: false; because: 'unknown' | 'retired' | 'too-many' }

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
  /** The address of ours that it was written to. */
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

/** What became of a delivery after it was handed over. */
export interface DeliveryReport {
  /** Ours, as given in `OutboundDelivery.reference`, when the medium brings it back; else the peer's own id from an earlier outcome. */
  reference: string
  state: 'delivered' | 'read' | 'failed'
  /** For `failed`: whether the address itself is bad, or only this message. */
  scope?: 'address' | 'message'
  reason?: string
}

/** One message, offer or notice on its way to one person. Nothing in it identifies the other side. */
export interface OutboundDelivery {
  /** Stands for this delivery on the medium (Message-ID, VERP, receipt id): random, the same on every attempt, tells nothing. */
  reference: string
  /** The person's address. */
  to: string
  /** Our relay address token for replies, and the alias shown with it; null for a notice that nobody can answer. */
  relay: { token: string; alias: string } | null
  kind: 'message' | 'offer' | 'notice'
  language: string
  content: Content
  attachments: OutboundAttachment[]
  thread: Thread
  /** An earlier attempt may have arrived: mark it where the medium can. */
  maybeTwice: boolean
}

/** Holds one exchange together in the reader's program. `references` are earlier `reference`s to the same person, oldest first. */
export interface Thread {
  subject: string
  references: string[]
}

/** What is to be said, before a medium gives it its form: short media take `blocks` of kind text and link only. */
export interface Content {
  blocks: Block[]
}

export type Block =
  /** Someone's words. `by` is an alias; null on a medium or in a thread where it is plain who speaks. */
  | { kind: 'said'; by: string | null; text: string; at: Date | null }
  /** A line of the house: why you get this, what a reply does. */
  | { kind: 'note'; text: string }
  /** What was said before, oldest first; shown folded or quoted where the medium can. */
  | { kind: 'earlier'; title: string; entries: { by: string; text: string; at: Date }[] }
  | { kind: 'link'; label: string; url: string }
  /** A code to type, set apart. */
  | { kind: 'code'; label: string; code: string }

export interface OutboundAttachment {
  name: string
  type: string
  size: number
  open(): AsyncIterable<Uint8Array>
}

export type Outcome =
  /** The peer took responsibility. */
  | { status: 'sent'; providerId?: string }
  /** Certainly not delivered; worth trying again, not before `afterMs` when given. */
  | { status: 'retry'; reason: string; afterMs?: number }
  /** Certainly not delivered, and never will be. */
  | { status: 'rejected'; reason: string; scope: 'address' | 'message' }
  /** May or may not have been taken (the connection broke after the body and before the answer). */
  | { status: 'unknown'; reason: string }

export type Health =
  | { state: 'up' }
  | { state: 'starting' }
  /** Works in part, or reconnects: what an operator should know, and since when. */
  | { state: 'degraded' | 'down'; reason: string; since: Date }
