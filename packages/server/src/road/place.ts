import type { ConversationId, InteractionId, PersonId } from '@parley/model'
import { isTaking, mayRead } from '@parley/rules'
import { isOwnIntake } from './asking.ts'
import { type InteractionPlace, type ParticipantPlace, type Structure, spansOf, type TicketPlace } from './structure.ts'

/** Where the author means it to go: everyone admitted in the conversation (but those whom it has reached already), or one interaction. */
export type Target =
  | {
      readonly conversation: ConversationId
      readonly except?: readonly InteractionId[]
      /** Everyone of the matter that this interaction belongs to; left out: of the one that was used last. */
      readonly near?: InteractionId
      /** Everyone of this matter, and nobody where nobody of it can be reached. */
      readonly ticket?: TicketPlace['id']
    }
  | {
      readonly interaction: InteractionId
      readonly conversation: ConversationId
      /** What is only kept for its author and supervisors, or noted for the next, may come after the end. */
      readonly late?: true
      /** Who asks means whoever their matter has gone on to, where this is over. */
      readonly goesOn?: true
    }

export type PlaceRefusal = 'not-there' | 'conversation-closed' | 'interaction-closed' | 'not-allowed'

export type PlaceVerdict =
  | { ok: true; author: ParticipantPlace; interactions: InteractionId[] }
  | { ok: false; refusal: PlaceRefusal }

/**
 * Into which interactions a message goes. To all means every open exchange that the author is in, of the ticket that is named or, where
 * none is, the open one that was used last; before anyone is admitted there, its intake. What a visitor fills in there once somebody has
 * answered goes to those who have: nobody listens in the intake any more. What is outside of its time takes nothing, like what is closed.
 * Not there and not yours give the same answer.
 */
export function place(structure: Structure, person: PersonId, target: Target, now: Date): PlaceVerdict {
  const own = structure.participants.filter((participant) => participant.person === person && !participant.left)
  const exchanges = own.filter((participant) => isOpen(structure, participant, 'exchange', now))
  if ('interaction' in target) {
    const ticket = structure.interactions.get(target.interaction)?.ticket
    const answered = exchanges.filter(({ interaction }) => structure.interactions.get(interaction)?.ticket === ticket)
    if (answered.length === 0 || !isOwnIntake(structure, person, target.interaction)) {
      const verdict = placeInOne(structure, own, person, target, now)
      const isOver = !verdict.ok && verdict.refusal === 'interaction-closed'
      const isAsking = own.some(({ role, interaction }) => role === 'initiator' && interaction === target.interaction)
      if (!isOver || !isAsking || !target.goesOn || ticket === undefined) return verdict
      return place(structure, person, { conversation: target.conversation, ticket }, now)
    }
    if (!isOpenNow(structure, now)) return { ok: false, refusal: 'conversation-closed' }
    return toThese(answered, [])
  }
  if (own.length === 0) return { ok: false, refusal: 'not-there' }
  if (!isOpenNow(structure, now)) return { ok: false, refusal: 'conversation-closed' }
  const open = [...exchanges, ...own.filter((participant) => isOpen(structure, participant, 'intake', now))]
  const near = target.near && structure.interactions.get(target.near)?.ticket
  const ticket = target.ticket ?? (open.some((each) => isOn(structure, each, near)) ? near : usedLast(structure, open))
  const meant = exchanges.filter((each) => isOn(structure, each, ticket))
  if (meant.length > 0) return toThese(meant, target.except ?? [])
  const intake = open.findLast((each) => isOn(structure, each, ticket))
  return intake
    ? { ok: true, author: intake, interactions: [intake.interaction] }
    : { ok: false, refusal: 'interaction-closed' }
}

function toThese(places: readonly ParticipantPlace[], except: readonly InteractionId[]): PlaceVerdict {
  const [first] = places
  if (!first) throw new Error('nobody is there to whom it goes')
  const interactions = places.map(({ interaction }) => interaction)
  return { ok: true, author: first, interactions: interactions.filter((id) => !except.includes(id)) }
}

/** The ticket of these places in which something was said last; where nothing was, the newest. */
function usedLast(structure: Structure, places: readonly ParticipantPlace[]): TicketPlace['id'] | undefined {
  let last: { ticket: TicketPlace['id']; used: number } | undefined
  for (const { interaction } of places) {
    const ticket = structure.interactions.get(interaction)?.ticket
    const used = structure.lastUsed.get(interaction) ?? 0
    if (ticket && (!last || used > last.used || (used === last.used && ticket > last.ticket))) last = { ticket, used }
  }
  return last?.ticket
}

function isOn(structure: Structure, { interaction }: ParticipantPlace, ticket: string | undefined): boolean {
  return ticket !== undefined && structure.interactions.get(interaction)?.ticket === ticket
}

function placeInOne(
  structure: Structure,
  own: readonly ParticipantPlace[],
  person: PersonId,
  { interaction, late }: Extract<Target, { interaction: InteractionId }>,
  now: Date,
): PlaceVerdict {
  const found = structure.interactions.get(interaction)
  const author = own.find((participant) => participant.interaction === interaction)
  if (!found || !author) {
    // Who may read here but not write learns so, whatever has been said since; anyone else learns nothing.
    const seen = found && mayRead(spansOf(structure, person), interaction).length > 0
    return { ok: false, refusal: seen ? 'not-allowed' : 'not-there' }
  }
  if (author.role === 'observer') return { ok: false, refusal: 'not-allowed' }
  if (!isOpenNow(structure, now) && !late) return { ok: false, refusal: 'conversation-closed' }
  if (found.state === 'closed' || (!late && !takes(structure, found, now))) {
    return { ok: false, refusal: 'interaction-closed' }
  }
  return { ok: true, author, interactions: [interaction] }
}

function isOpen(structure: Structure, participant: ParticipantPlace, kind: 'intake' | 'exchange', now: Date): boolean {
  const found = structure.interactions.get(participant.interaction)
  if (found?.kind !== kind || found.state !== 'open' || participant.role === 'observer') return false
  return takes(structure, found, now)
}

/** Would what is said there now be taken, of whoever may speak there? */
export function isTakenThere(structure: Structure, interaction: InteractionId, now: Date): boolean {
  const found = structure.interactions.get(interaction)
  return found?.state === 'open' && isOpenNow(structure, now) && takes(structure, found, now)
}

function isOpenNow({ state, takes }: Structure, now: Date): boolean {
  return state === 'open' && isTaking(takes, now)
}

/** Its ticket is open, and it is the time of both. */
function takes(structure: Structure, { ticket, takes: own }: InteractionPlace, now: Date): boolean {
  const of = structure.tickets.find(({ id }) => id === ticket)
  return of !== undefined && of.state !== 'closed' && isTaking(of.takes, now) && isTaking(own, now)
}
