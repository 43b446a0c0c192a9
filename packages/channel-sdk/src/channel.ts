import type { Clock, Medium } from '@parley/model'
import type { ChannelRequest, ChannelResponse } from './http.ts'
import type { AddressVerdict, Inbound, Receipt } from './inbound.ts'
import type { Lease } from './lease.ts'
import type { OutboundDelivery } from './outbound.ts'
import type { DeliveryReport, Health, Outcome } from './outcome.ts'
import type { InboundPresence, InboundTyping, OutboundTyping } from './signals.ts'

/**
 * A channel is a gateway that speaks one medium. The server starts it, gives it deliveries one at a time for each lane, and takes what
 * comes in by `host.receive`. A channel keeps nothing that another process could not take over: all state is the server's.
 */
export interface Channel {
  /** Unique among the configured channels; kept with every message that came in through it. */
  readonly name: string
  readonly medium: Medium
  readonly abilities: Abilities
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

  /**
   * Somebody begins or stops typing to one of this medium's people. A hint: may be dropped, must not throw, and nothing waits for it. Only
   * called where `abilities.typing`.
   */
  typing?(signal: OutboundTyping): void

  /**
   * A request of the peer's to `host.httpUrl` or below it (a provider's webhook). Whoever sends it is unknown: verify first, then read, and
   * answer only when what it brought is durable. A rejection becomes 503, so that the peer comes again.
   */
  takeHttp?(request: ChannelRequest): Promise<ChannelResponse>

  /** Where browsers subscribe to this medium by themselves, instead of somebody typing an address. */
  readonly subscriptions?: Subscriptions

  health(): Health
}

/** A medium whose addresses are subscriptions that a browser makes (Push API). */
export interface Subscriptions {
  /** What the browser subscribes with: base64url, the same on every process of an installation and after a restart. */
  readonly publicKey: string
  /**
   * Reads what a browser gave. Null when it is none, or leads to a host that is not to be called: whoever gives it is a stranger. `to` is what
   * a delivery will have in `to`, and holds secrets: the server shows it to nobody. `key` is the same for the same subscription.
   */
  read(given: unknown): { to: string; key: string } | null
}

/** What a medium can do. The server renders, allots addresses and chooses by it; nothing else about a medium is known to it. */
export interface Abilities {
  /**
   * `per-place`: every place gets an address of its own, made by the channel out of `relay.token` (mail, XMPP, SIP).
   * `pooled`: the account has a few addresses (phone numbers); the server says in `relay.pooled` which of them to send from, and
   * tells places apart by it, by the writer, and by a tag where numbers have run out.
   * `none`: nobody can answer there (push).
   */
  readonly addresses: 'per-place' | 'pooled' | 'none'
  /**
   * `letters`: each is read by itself, so it carries what was said before and how to answer (mail). `lines`: one short line after the other
   * in a thread that the reader has before them; `Content` then holds what is said and little else.
   */
  readonly style: 'letters' | 'lines'
  /** `bytes`: files travel in the message. `links`: give `attachment.url`, a page that checks and expires. */
  readonly attachments: 'bytes' | 'links'
  /** Does it carry that somebody is typing? */
  readonly typing: boolean
  /** The furthest that the medium tells of a delivery after it was handed over. */
  readonly receipts: 'read' | 'delivered' | 'none'
  /**
   * Does it carry what is sealed: protected all the way to the reader's own device, and kept nowhere on the way in the clear? Left out: no;
   * then it is given a notice with a link instead, and never the words, the subject or a file of it.
   */
  readonly sealed?: boolean
}

/** What a channel may ask of the server. */
export interface ChannelHost {
  /** Everything inward. Resolves when it is durable: only then may the channel acknowledge to its peer. Rejects when the server cannot store now (tell the peer to try again). */
  receive(inbound: Inbound): Promise<Receipt>
  /** Is this address of ours in use? Asked before the body is read (SMTP: at RCPT). `limits` are for that address. */
  mayReceive(address: string): Promise<AddressVerdict>
  /**
   * A report about an earlier delivery: delivered, read, or failed. Resolves when it is durable. `unknown`: no delivery is known by that id
   * (a receipt may overtake the answer to its own submission: ask again within the minute, then let it go).
   */
  report(report: DeliveryReport): Promise<'taken' | 'unknown' | 'nothing-new'>
  /** Somebody types, or stopped. A hint. */
  typing(signal: InboundTyping): void
  /** Somebody's program came or went. A hint. */
  presence(signal: InboundPresence): void
  /** Keeps something to one process of an installation at a time: a connection that the peer allows once. */
  readonly lease: Lease
  /** Where `takeHttp` is reached from outside, without a slash at its end. */
  readonly httpUrl: string
  readonly clock: Clock
  /** Ids and reasons only: never text, never an address. */
  readonly log: ChannelLog
}

export interface ChannelLog {
  info(event: string, facts?: Record<string, string | number | boolean>): void
  warn(event: string, facts?: Record<string, string | number | boolean>): void
}
