/**
 * Where a delivery stands.
 *
 *   queued → sending → sent → delivered → read
 *      ↑        │  ↘       ↘
 *      └─retry──┤    unknown   failed → (the person's next address)
 *
 * `unknown`: the peer may have taken it and nobody can tell. `replaced`: another delivery took its place (the next address, or a
 * newer text). `held-back`: kept for a decision of a person.
 */
export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'unknown'
  | 'replaced'
  | 'held-back'

/** What the attempt came to, as a channel reports it. */
export type AttemptOutcome =
  | { readonly status: 'sent' }
  | { readonly status: 'retry'; readonly afterMs?: number; readonly reason: string }
  | { readonly status: 'rejected'; readonly reason: string; readonly scope: 'message' | 'address' }
  | { readonly status: 'unknown'; readonly reason: string }

export type DeliveryFacts = {
  /** How many attempts were made, this one included. */
  readonly attempts: number
  readonly medium: string
  readonly firstQueuedAt: Date
  /** Whether the attempt was already the marked repetition of one whose outcome was unknown. */
  readonly markedTwice: boolean
}

export type DeliveryStep =
  | { readonly state: 'sent' }
  /** Again at `at`; with `markTwice` under the same Message-ID and marked as a possible repetition. */
  | { readonly state: 'queued'; readonly at: Date; readonly markTwice: boolean; readonly because: string }
  /** Not reached: `moves` says whether the next address takes over this delivery only, or all that is unsent in its lane. */
  | {
      readonly state: 'failed'
      readonly moves: 'delivery' | 'lane'
      readonly because: 'rejected' | 'retries-used-up'
      readonly reason: string
    }
  /** A receipt may still tell until `receiptUntil`; after that a person decides. */
  | { readonly state: 'unknown'; readonly receiptUntil: Date; readonly because: string }

/** How patient a medium is, and what may be done there when an outcome is unknown. */
export type DeliveryPatience = {
  readonly firstRetryMs: number
  readonly longestRetryMs: number
  readonly attempts: number
  readonly giveUpMs: number
  /**
   * `again`: the far end recognises what it has; `once-marked`: repeat once under the same identifier, marked; `ask`: it costs money,
   * or cannot be recognised as a repetition: wait for a receipt, then a person decides.
   */
  readonly whenUnknown: 'again' | 'once-marked' | 'ask'
  readonly receiptMs: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/**
 * Someone waits for the answer, so giving up, and trying the next address, comes sooner than the four days that RFC 5321 §4.5.4.1
 * gives a mail relay; a first wait of a minute already satisfies most greylisting.
 */
export function patienceFor(medium: string): DeliveryPatience {
  if (medium === 'email') {
    return { ...usual, firstRetryMs: MINUTE, attempts: 20, giveUpMs: 12 * HOUR, whenUnknown: 'once-marked' }
  }
  // A chat server is back in seconds or minutes, and a line too many costs nobody anything.
  if (medium === 'xmpp') return { ...usual, longestRetryMs: MINUTE, attempts: 40, whenUnknown: 'once-marked' }
  if (medium === 'web' || medium === 'push') return { ...usual, longestRetryMs: MINUTE, whenUnknown: 'again' }
  // Whoever takes webhooks folds those with the same id, and is repaired by people who may be asleep.
  if (medium === 'api') return { ...usual, attempts: 40, giveUpMs: 12 * HOUR, whenUnknown: 'again' }
  return usual
}

const usual: DeliveryPatience = {
  firstRetryMs: 5 * SECOND,
  longestRetryMs: 30 * MINUTE,
  attempts: 30,
  giveUpMs: 2 * HOUR,
  whenUnknown: 'ask',
  receiptMs: 15 * MINUTE,
}

/** No peer, however much it asks for, makes a person wait longer than this for the next attempt. */
const LONGEST_ASKED_MS = 6 * HOUR

/** What becomes of a delivery after an attempt. `jitter` is a random number from 0 to 1. */
export function afterOutcome(
  delivery: DeliveryFacts,
  outcome: AttemptOutcome,
  now: Date,
  jitter: number,
  patience: DeliveryPatience = patienceFor(delivery.medium),
): DeliveryStep {
  switch (outcome.status) {
    case 'sent':
      return { state: 'sent' }
    case 'rejected':
      return {
        state: 'failed',
        moves: outcome.scope === 'address' ? 'lane' : 'delivery',
        because: 'rejected',
        reason: outcome.reason,
      }
    case 'retry':
      return again(
        delivery,
        outcome.reason,
        now,
        retryMs(delivery.attempts, outcome.afterMs, jitter, patience),
        patience,
      )
    case 'unknown':
      return afterUnknown(delivery, outcome.reason, now, jitter, patience)
  }
}

function afterUnknown(
  delivery: DeliveryFacts,
  reason: string,
  now: Date,
  jitter: number,
  patience: DeliveryPatience,
): DeliveryStep {
  const wait = retryMs(delivery.attempts, undefined, jitter, patience)
  if (patience.whenUnknown === 'again') return again(delivery, reason, now, wait, patience)
  if (patience.whenUnknown === 'once-marked' && !delivery.markedTwice) {
    return { state: 'queued', at: new Date(now.getTime() + wait), markTwice: true, because: reason }
  }
  return { state: 'unknown', receiptUntil: new Date(now.getTime() + patience.receiptMs), because: reason }
}

function again(
  delivery: DeliveryFacts,
  reason: string,
  now: Date,
  waitMs: number,
  patience: DeliveryPatience,
): DeliveryStep {
  const giveUpAt = delivery.firstQueuedAt.getTime() + patience.giveUpMs
  if (delivery.attempts >= patience.attempts || now.getTime() >= giveUpAt) {
    return { state: 'failed', moves: 'lane', because: 'retries-used-up', reason }
  }
  // The last attempt is made when time runs out, not left out because the wait would end after it.
  const at = Math.min(now.getTime() + waitMs, giveUpAt)
  return { state: 'queued', at: new Date(at), markTwice: delivery.markedTwice, because: reason }
}

function retryMs(attempts: number, askedMs: number | undefined, jitter: number, patience: DeliveryPatience): number {
  const grown = Math.min(patience.firstRetryMs * 2 ** Math.max(0, attempts - 1), patience.longestRetryMs)
  // Half fixed, half random: those who failed together do not come back together.
  const own = grown * (0.5 + jitter / 2)
  if (askedMs === undefined || !(askedMs > 0)) return own
  return Math.max(own, Math.min(askedMs, LONGEST_ASKED_MS) * (1 + jitter / 10))
}

/** What a peer tells afterwards. */
export type Receipt = 'delivered' | 'read' | 'bounced'

export type ReceiptVerdict =
  | { readonly applies: true; readonly state: DeliveryState }
  | { readonly applies: false; readonly because: 'already-there' | 'further-on' | 'nothing-was-sent' | 'set-aside' }

/**
 * Whether a receipt changes where a delivery stands. Receipts only move it forward, come before the answer to the attempt itself (SMS), and
 * settle what was unknown; proof that it arrived beats a failure that was only concluded from silence.
 */
export function afterReceipt(state: DeliveryState, attempts: number, receipt: Receipt): ReceiptVerdict {
  if (attempts === 0) return { applies: false, because: 'nothing-was-sent' }
  if (state === 'replaced' || state === 'held-back') return { applies: false, because: 'set-aside' }
  const target: DeliveryState = receipt === 'bounced' ? 'failed' : receipt
  if (state === target) return { applies: false, because: 'already-there' }
  if (state === 'read' || (state === 'delivered' && receipt === 'bounced'))
    return { applies: false, because: 'further-on' }
  return { applies: true, state: target }
}

/** The state after an attempt reported `sent`, when a receipt may have overtaken that report. */
export function afterSent(state: DeliveryState): DeliveryState {
  return state === 'queued' || state === 'sending' || state === 'unknown' ? 'sent' : state
}
