import type { InteractionId } from '@parley/model'
import type { Thing } from '@parley/rules'
import { z } from 'zod'
import type { Structure } from '../road/index.ts'

/** One of the three things that most operations are about, as an input names it. */
export const thing = z
  .strictObject({ conversation: z.uuid().optional(), ticket: z.uuid().optional(), interaction: z.uuid().optional() })
  .refine(
    ({ conversation, ticket, interaction }) =>
      [conversation, ticket, interaction].filter((id) => id !== undefined).length === 1,
    'name one: a conversation, a ticket or an interaction',
  )

export type NamedThing = z.infer<typeof thing>

/** What is meant in a structure that it was found in: a conversation or ticket that was merged is the one that it became. */
export function meant(structure: Structure, { ticket, interaction }: NamedThing): Exclude<Thing, { place: string }> {
  if (interaction !== undefined) return { interaction }
  return ticket === undefined ? { conversation: structure.conversation } : { ticket: ticketNow(structure, ticket) }
}

function ticketNow({ tickets }: Pick<Structure, 'tickets'>, ticket: string): string {
  const into = tickets.find(({ id }) => id === ticket)?.mergedInto
  return into ? ticketNow({ tickets }, into) : ticket
}

/** The interactions that are part of something. */
export function interactionsOf(structure: Structure, of: Thing): InteractionId[] {
  return [...structure.interactions.values()].flatMap(({ id, ticket }) => {
    if ('interaction' in of) return id === of.interaction ? [id] : []
    return 'ticket' in of ? (ticket === of.ticket ? [id] : []) : [id]
  })
}

export function stateOf(structure: Structure, of: Thing): 'open' | 'pending' | 'closed' | null {
  if ('conversation' in of) return structure.state
  if ('ticket' in of) return structure.tickets.find(({ id }) => id === of.ticket)?.state ?? null
  if ('interaction' in of) return structure.interactions.get(of.interaction as InteractionId)?.state ?? null
  return null
}

/** Was it merged into another? Such a one stays closed. */
export function isMerged(structure: Structure, of: Thing): boolean {
  if ('ticket' in of) return Boolean(structure.tickets.find(({ id }) => id === of.ticket)?.mergedInto)
  return 'interaction' in of && Boolean(structure.interactions.get(of.interaction as InteractionId)?.mergedInto)
}
