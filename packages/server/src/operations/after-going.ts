import type { PersonId, TicketId } from '@parley/model'
import { type Change, exchangesThatEnd } from '@parley/rules'
import { goOnWithout } from '../hunting/index.ts'
import { readInvitation, settleInvitation } from '../invitations/index.ts'
import type { ParticipantPlace, Structure, Turn } from '../road/index.ts'
import { tellVisitor } from './moving/tell-visitor.ts'

/** What ends with somebody's part: the exchanges in which they alone answered, where each has one of their own and nobody else answers. */
export function endsWith(structure: Structure, places: readonly ParticipantPlace[]): Change[] {
  if (structure.state === 'closed') return []
  const answering = places.filter(({ role }) => role === 'responder')
  return exchangesThatEnd(structure, answering, structure.policy.circle).map((id) => ({
    ...{ kind: 'state', of: { interaction: id }, was: 'open', is: 'closed' },
  }))
}

/** Who asks is not left alone: the next are found where nobody is left who answers, and whoever has no window before them is told. */
export async function afterGoing(turn: Turn, places: readonly ParticipantPlace[], by: PersonId | null): Promise<void> {
  const { interactions } = turn.structure
  const answered = new Map<TicketId, ParticipantPlace[]>()
  for (const place of places) {
    const at = interactions.get(place.interaction)
    if (at?.kind !== 'exchange' || place.role !== 'responder') continue
    answered.set(at.ticket, [...(answered.get(at.ticket) ?? []), place])
  }
  for (const [ticket, gone] of answered) {
    if (await goOnWithout(turn, { ticket, gone, by })) await tellVisitor(turn, ticket)
  }
}

/** Whom they had asked in from there is asked no more. */
export async function withdrawAskedBy(turn: Turn, { interaction, person }: ParticipantPlace): Promise<void> {
  const { account } = turn.structure
  const open = await turn.tx
    .selectFrom('place_invitation')
    .select('invitation_id')
    .where('account_id', '=', account)
    .where('interaction_id', '=', interaction)
    .where('invited_by', '=', person)
    .where('state', '=', 'open')
    .execute()
  for (const { invitation_id } of open) {
    const invitation = await readInvitation(turn.tx, account, invitation_id)
    if (invitation) await settleInvitation(turn, invitation, 'withdrawn')
  }
}
