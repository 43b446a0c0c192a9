/** Who may answer a request: the first to reply, the first N, or everyone who was asked. */
export type AdmissionPolicy = (
  | { readonly kind: 'first' }
  | { readonly kind: 'first-n'; readonly slots: number }
  | { readonly kind: 'any' }
) & {
  /** Only within this time after they were asked. */
  readonly withinMs?: number
  /** An answer over another medium than these waits so long, from the first such answer on, for one over these. */
  readonly prefer?: { readonly media: readonly string[]; readonly graceMs: number }
  /** Only whom the visitor or an administrator named. */
  readonly byInvitation?: boolean
}

/**
 * `waiting`: its owner answered over a medium that is not preferred, and the answer is kept until the grace ends; `late`: its owner
 * answered once when the places were taken; `expired`: it ran out of time. Who declined, was late, or lost a place that was held
 * (`admitted`) may still take one that is free; who let the offer expire, or had it withdrawn, may not.
 */
export type OfferState = 'open' | 'waiting' | 'declined' | 'withdrawn' | 'expired' | 'admitted' | 'late'

/** What the reply turned out to be. Only a `message` is an answer. */
export type ReplyVerdict = 'message' | 'automatic' | 'bounce' | 'held' | 'decline'

/** What admission looks at, read under the ticket's lock in the transaction that stores the reply. */
export type AdmissionFacts = {
  /** How many hold a place on the ticket now. Places lost by silence or leaving are not counted. */
  readonly admitted: number
  /** Whether this responder holds a place already. */
  readonly alreadyAdmitted: boolean
  readonly offerState: OfferState
  readonly ticketState: 'open' | 'closed'
  readonly offeredAt: Date
  /** When the reply reached us, not when its author says it was written. */
  readonly now: Date
  readonly verdict: ReplyVerdict
  /** Over which it came. */
  readonly medium: string
  /** The place that they had and lost: by silence, or because the conversation went on with somebody else. */
  readonly lostPlace?: 'by-silence' | 'moved-on'
  /** Whether they were named, by the visitor or by an administrator. */
  readonly invited: boolean
  /** The grace in which a preferred medium is waited for: not begun yet, under way until then, or over. */
  readonly grace: 'not-begun' | 'under-way' | 'over'
}

export type NotAdmittedBecause =
  | 'not-an-answer'
  | 'held'
  | 'declined'
  | 'ticket-closed'
  | 'place-lost'
  | 'not-invited'
  | 'prefers-another-medium'
  | 'offer-withdrawn'
  | 'too-late'
  | 'slots-taken'

/**
 * `last`: this admission filled the last place, so the other candidates are to be told. `again`: the place was held before, nothing
 * changes but that the reply is placed. `keep`: the reply is the writer's words and is stored, visible to its author and to
 * supervisors; otherwise it only changes the state of the offer or the delivery. `prefers-another-medium`: it waits, and is decided again,
 * and for good, when the grace ends.
 */
export type AdmissionVerdict =
  | { readonly admitted: true; readonly again: boolean; readonly last: boolean }
  | { readonly admitted: false; readonly because: NotAdmittedBecause; readonly keep: boolean }

/** Whether this reply to an offer gives its author a place on the ticket. */
export function admit(policy: AdmissionPolicy, facts: AdmissionFacts): AdmissionVerdict {
  if (facts.verdict === 'automatic' || facts.verdict === 'bounce') return refuse('not-an-answer', false)
  if (facts.verdict === 'held') return refuse('held', true)
  if (facts.verdict === 'decline') return refuse('declined', false)
  if (facts.ticketState === 'closed') return refuse('ticket-closed', true)
  if (facts.alreadyAdmitted) return { admitted: true, again: true, last: false }
  if (facts.lostPlace === 'moved-on') return refuse('place-lost', true)
  if (policy.byInvitation && !facts.invited) return refuse('not-invited', true)
  const slots = slotsOf(policy)
  // Before the state of the offer: the last admission withdraws the others' offers, and "taken" is what they need to hear.
  if (facts.admitted >= slots) return refuse('slots-taken', true)
  if (facts.offerState === 'withdrawn') return refuse('offer-withdrawn', true)
  if (facts.offerState === 'expired' || isTooLate(policy, facts)) return refuse('too-late', true)
  if (waitsForBetter(policy, facts)) return refuse('prefers-another-medium', true)
  return { admitted: true, again: false, last: facts.admitted + 1 >= slots }
}

/** How many places a policy gives; `Infinity` when anyone who was asked may answer. */
export function slotsOf(policy: AdmissionPolicy): number {
  if (policy.kind === 'any') return Number.POSITIVE_INFINITY
  if (policy.kind === 'first') return 1
  if (!Number.isInteger(policy.slots) || policy.slots < 1) throw new Error(`not a number of places: ${policy.slots}`)
  return policy.slots
}

function isTooLate(policy: AdmissionPolicy, facts: AdmissionFacts): boolean {
  return policy.withinMs !== undefined && facts.now.getTime() - facts.offeredAt.getTime() > policy.withinMs
}

function waitsForBetter({ prefer }: AdmissionPolicy, { medium, grace }: AdmissionFacts): boolean {
  return prefer !== undefined && grace !== 'over' && !prefer.media.includes(medium)
}

function refuse(because: NotAdmittedBecause, keep: boolean): AdmissionVerdict {
  return { admitted: false, because, keep }
}
