import type { InteractionId, PersonId } from '@parley/model'
import type { ConversationView, InteractionView, TicketView } from '@parley/protocol'
import { type HouseField, isTicketSealed, mayRead, shownFields } from '@parley/rules'
import type { Role } from '../db/index.ts'
import { asks, type InteractionPlace, type Structure, spansOf } from '../road/index.ts'
import type { Links } from './read-links.ts'

type OfConversation = Pick<ConversationView, 'name' | 'category' | 'tags' | 'folder' | 'tickets' | 'links'>
type OfInteraction = Pick<InteractionView, 'ticket' | 'name' | 'category'>

/** The house's fields that one person sees of a conversation and of what is in it: as far as their role, or the site's policy, shows them. */
export function houseFieldsFor(
  structure: Structure,
  person: PersonId,
  role: Role | null,
): {
  ofConversation(shown: readonly InteractionView[], links: Links): OfConversation
  ofInteraction(place: InteractionPlace): OfInteraction
} {
  const fields = fieldsFor(structure, person, role)
  const tellsSealed = structure.kind === 'own' || !asks(structure, person)
  return {
    ofConversation: (shown, links) => ({
      ...named(fields, structure.house),
      ...(fields.has('tags') && structure.house.tags.length > 0 ? { tags: [...structure.house.tags] } : {}),
      ...(fields.has('folder') && structure.house.folder !== null ? { folder: structure.house.folder } : {}),
      ...(fields.has('tickets') ? { tickets: ticketsOf(structure, shown, fields, tellsSealed) } : {}),
      ...(fields.has('links') ? linksOf(structure, person, shown, links) : {}),
    }),
    ofInteraction: (place) => ({
      ...(fields.has('tickets') ? { ticket: place.ticket } : {}),
      ...named(fields, place),
    }),
  }
}

/** Is this person shown what things are linked with at all? */
export const seesLinks = (structure: Structure, person: PersonId, role: Role | null): boolean =>
  fieldsFor(structure, person, role).has('links')

function fieldsFor(structure: Structure, person: PersonId, role: Role | null): ReadonlySet<HouseField> {
  const isOwn = structure.kind === 'own' && structure.visitor === person
  return shownFields({ role, isOwn }, structure.policy.fields)
}

function named(
  fields: ReadonlySet<HouseField>,
  { name, category }: { readonly name: string | null; readonly category: string | null },
): { name?: string; category?: string } {
  return {
    ...(fields.has('name') && name !== null ? { name } : {}),
    ...(fields.has('category') && category !== null ? { category } : {}),
  }
}

/** Tickets of which something is shown, and no others. */
function ticketsOf(
  structure: Structure,
  shown: readonly InteractionView[],
  fields: ReadonlySet<HouseField>,
  tellsSealed: boolean,
): TicketView[] {
  const seen = new Set(shown.map(({ id }) => structure.interactions.get(id as InteractionId)?.ticket))
  return structure.tickets
    .filter(({ id }) => seen.has(id))
    .map((ticket) => ({
      id: ticket.id,
      state: ticket.state,
      ...named(fields, ticket),
      ...(fields.has('tags') && ticket.tags.length > 0 ? { tags: [...ticket.tags] } : {}),
      ...(ticket.parent !== null && seen.has(ticket.parent) ? { parent: ticket.parent } : {}),
      ...(tellsSealed && isTicketSealed(structure, ticket.id) ? { sealed: true } : {}),
    }))
}

/** What this, or something in it that they see, is linked with, as far as they may read something of that too. */
function linksOf(
  structure: Structure,
  person: PersonId,
  shown: readonly InteractionView[],
  links: Links,
): Pick<ConversationView, 'links'> {
  const seen = new Set<string>([structure.conversation, ...shown.map(({ id }) => id)])
  for (const { id } of shown) seen.add(structure.interactions.get(id as InteractionId)?.ticket ?? '')
  const found = [...seen]
    .flatMap((from) => links.of(from).map((linked) => ({ ...linked, from })))
    .filter(({ of, id, structure: other }) => reads(other, person, of, id))
  if (found.length === 0) return {}
  return {
    links: found.map(({ of, id, from, structure: other }) => ({ of, id, conversation: other.conversation, from })),
  }
}

function reads(
  structure: Structure,
  person: PersonId,
  of: 'conversation' | 'ticket' | 'interaction',
  id: string,
): boolean {
  const spans = spansOf(structure, person)
  return [...structure.interactions.values()].some(
    (place) =>
      (of === 'conversation' || (of === 'ticket' ? place.ticket : place.id) === id) &&
      mayRead(spans, place.id).length > 0,
  )
}
