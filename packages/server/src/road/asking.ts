import type { InteractionId, PersonId } from '@parley/model'
import type { Structure, TicketPlace } from './structure.ts'
import type { Turn } from './turn.ts'

type Inside = Pick<Structure, 'visitor' | 'tickets' | 'interactions' | 'participants'>

/** Did somebody begin this by asking? A conversation that others were merged into has several who do, each on tickets of their own. */
export function asks(structure: Inside, person: PersonId): boolean {
  return person === structure.visitor || ticketsOf(structure, person).length > 0
}

/** The newest open ticket on which somebody asks. */
export function askedBy(structure: Inside, person: PersonId): TicketPlace | undefined {
  return ticketsOf(structure, person).findLast(({ state }) => state === 'open')
}

/** The open ticket of who has just spoken, as somebody who asks. */
export function askedNow(turn: Turn): TicketPlace | undefined {
  return askedBy(turn.structure, turn.says.at(-1)?.say.person ?? turn.structure.visitor)
}

/** Who asks on a ticket: in what it opened with, or where that is empty, in its exchanges. */
export function askerOn(structure: Inside, ticket: string): PersonId {
  const found = structure.tickets.find(({ id }) => id === ticket)
  const asking = structure.participants.filter(
    (place) => isAsking(structure, place) && ticketOf(structure, place) === ticket,
  )
  return (asking.find(({ interaction }) => interaction === found?.intake) ?? asking[0])?.person ?? structure.visitor
}

/** Is this what one of their own tickets opened with? */
export function isOwnIntake(structure: Inside, person: PersonId, interaction: InteractionId): boolean {
  if (structure.interactions.get(interaction)?.kind !== 'intake') return false
  return (
    person === structure.visitor ||
    structure.participants.some(
      (place) => place.person === person && place.interaction === interaction && place.role === 'initiator',
    )
  )
}

function ticketsOf(structure: Inside, person: PersonId): readonly TicketPlace[] {
  // Mostly there is one, and one who asks.
  if (structure.tickets.length === 1) return person === structure.visitor ? structure.tickets : []
  const own = new Set(
    structure.participants.flatMap((place) =>
      place.person === person && isAsking(structure, place) ? ticketOf(structure, place) : [],
    ),
  )
  return structure.tickets.filter(({ id }) => own.has(id))
}

function isAsking({ interactions }: Inside, { interaction, role }: Structure['participants'][number]): boolean {
  return role === 'initiator' && interactions.get(interaction)?.kind !== 'backchannel'
}

const ticketOf = ({ interactions }: Inside, { interaction }: Structure['participants'][number]) =>
  interactions.get(interaction)?.ticket ?? []
