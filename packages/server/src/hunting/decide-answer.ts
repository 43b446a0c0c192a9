import type { ConversationId, InteractionId, MessageId, TicketId } from '@parley/model'
import { type AdmissionPolicy, admit, isTaking, type NotAdmittedBecause } from '@parley/rules'
import { isTakenThere, type Say, type Structure, type TicketPlace, type Turn } from '../road/index.ts'
import type { LockedOffer } from './find-offer.ts'
import { keepLate } from './keep-late.ts'
import { keepAnswer, sealKeptFiles } from './kept-answer.ts'
import { letIn } from './let-in.ts'
import { type HuntRow, readHunt, writeHunt } from './read-hunt.ts'
import { isAskedSealed, keptColumn } from './seal-offer.ts'
import { tellCandidate } from './withdraw-offers.ts'

export type OfferDecided =
  | { outcome: 'admitted'; conversation: ConversationId; interaction: InteractionId; message: MessageId }
  | { outcome: 'not-admitted'; because: NotAdmittedBecause; message: MessageId | null }

/** Decides on one answer: as it comes in, and again, for good, when it has waited for one over a preferred medium. */
export async function decide(
  turn: Turn,
  offer: LockedOffer,
  say: Omit<Say, 'to'>,
  when: { readonly at: Date; readonly isGraceOver: boolean },
): Promise<OfferDecided> {
  const { structure } = turn
  const ticket = structure.tickets.find(({ id }) => id === offer.ticket_id)
  if (!ticket) throw new Error('an offer without its ticket')
  const places = structure.participants.filter(
    (own) =>
      own.person === offer.person_id &&
      own.role === 'responder' &&
      !own.left &&
      inTicket(structure, own.interaction, offer.ticket_id),
  )
  const place = places.find(({ interaction }) => isTakenThere(structure, interaction, turn.now))
  // Whose exchange is over has had their part: what they write to the question begins no other.
  const isOver = place === undefined && (places.length > 0 || !takesAnswers(structure, ticket, turn.now))
  const hunt = await readHunt(turn, offer.ticket_id)
  const verdict = admit(ticket.admission, {
    admitted: ticket.admitted,
    alreadyAdmitted: place !== undefined,
    offerState: offer.state,
    ticketState: isOver ? 'closed' : 'open',
    offeredAt: offer.created_at,
    now: when.at,
    verdict: 'message',
    medium: say.via.medium,
    invited: offer.invited,
    ...lostPlace(structure, offer),
    grace: when.isGraceOver ? 'over' : graceOf(hunt),
  })
  if (!verdict.admitted) {
    if (verdict.because === 'prefers-another-medium') await letWait(turn, offer, say, hunt, ticket.admission)
    const message =
      verdict.keep && verdict.because !== 'prefers-another-medium' ? await keepLate(turn, say, offer) : null
    await tellCandidate(turn, offer, say.via, verdict.because)
    return { outcome: 'not-admitted', because: verdict.because, message }
  }
  const interaction = place?.interaction ?? (await letIn(turn, say, offer, verdict.last))
  const said = await turn.say({ ...say, to: { conversation: structure.conversation, interaction } })
  if (!said.ok) throw new Error(`an admitted answer was refused: ${said.refusal}`)
  return { outcome: 'admitted', conversation: structure.conversation, interaction, message: said.decided.id }
}

function takesAnswers({ state, takes }: Structure, ticket: TicketPlace, now: Date): boolean {
  return state === 'open' && ticket.state !== 'closed' && isTaking(takes, now) && isTaking(ticket.takes, now)
}

function lostPlace(structure: Structure, offer: LockedOffer): { lostPlace?: 'by-silence' | 'moved-on' } {
  const lost = structure.participants.findLast(
    (own) => own.person === offer.person_id && own.left && inTicket(structure, own.interaction, offer.ticket_id),
  )
  // Who was asked anew since then may have it back.
  if (!lost || (offer.state === 'open' && offer.created_at >= new Date(lost.leftAt ?? 0))) return {}
  return { lostPlace: lost.leftBecause === 'silence' ? 'by-silence' : 'moved-on' }
}

/** It is waited for once: nobody waits any more for what the visitor has, or did not get in time. */
function graceOf(hunt: HuntRow): 'not-begun' | 'under-way' | 'over' {
  if (hunt.grace_until !== null) return 'under-way'
  return hunt.admitted > 0 ? 'over' : 'not-begun'
}

/** The answer waits for one over a medium that is preferred; the grace begins with the first that does. */
async function letWait(
  turn: Turn,
  offer: LockedOffer,
  say: Omit<Say, 'to'>,
  hunt: HuntRow,
  { prefer }: AdmissionPolicy,
): Promise<void> {
  const { tx, now, structure } = turn
  const answers = [...offer.kept, keepAnswer(say, now)]
  const kept = await keptColumn(turn, { id: offer.offer_id, person: offer.person_id }, offer.ticket_id, answers)
  if (await isAskedSealed(turn, offer.ticket_id)) await sealKeptFiles(tx, structure.account, answers)
  await tx
    .updateTable('offer')
    .set({ state: 'waiting', kept, updated_at: now })
    .where('account_id', '=', structure.account)
    .where('offer_id', '=', offer.offer_id)
    .execute()
  if (prefer && hunt.grace_until === null) {
    await writeHunt(turn, offer.ticket_id, { grace_until: new Date(now.getTime() + prefer.graceMs) })
  }
  turn.changed.push({ person: offer.person_id, what: 'offers' })
}

function inTicket(structure: Structure, interaction: InteractionId, ticket: TicketId): boolean {
  const found = structure.interactions.get(interaction)
  return found?.kind === 'exchange' && found.ticket === ticket
}
