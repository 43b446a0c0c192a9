import type { ConversationView } from '@parley/protocol'
import type { Thing } from './dialogs.model.ts'

/** What something may be merged into, of all that one sees: another of its kind, and inside a conversation only of the same one. */
export function mergeTargets(from: Thing, conversations: readonly ConversationView[]): Thing[] {
  if ('conversation' in from) {
    return conversations.filter(({ id }) => id !== from.conversation).map(({ id }) => ({ conversation: id }))
  }
  if ('ticket' in from) {
    const home = conversations.find(({ tickets = [] }) => tickets.some(({ id }) => id === from.ticket))
    return (home?.tickets ?? []).filter(({ id }) => id !== from.ticket).map(({ id }) => ({ ticket: id }))
  }
  const all = conversations.find(({ interactions }) => interactions.some(({ id }) => id === from.interaction))
  const own = all?.interactions.find(({ id }) => id === from.interaction)
  if (!own || own.kind === 'intake') return []
  return (all?.interactions ?? [])
    .filter(({ id, kind, state, mergedInto }) => id !== own.id && kind === own.kind && state === 'open' && !mergedInto)
    .map(({ id }) => ({ interaction: id }))
}

export const idOf = (thing: Thing): string =>
  'conversation' in thing ? thing.conversation : 'ticket' in thing ? thing.ticket : thing.interaction

/** The conversation that something is part of; null where it is none of those that one sees. */
export function homeOf(thing: Thing, conversations: readonly ConversationView[]): string | null {
  const id = idOf(thing)
  const home = conversations.find(
    (one) =>
      one.id === id ||
      one.tickets?.some((ticket) => ticket.id === id) ||
      one.interactions.some((interaction) => interaction.id === id),
  )
  return home?.id ?? null
}

/** A thing as the page marks it, and back. Anything else that is marked is none of ours. */
export const packThing = (thing: Thing): string => JSON.stringify(thing)
export function unpackThing(packed: string): Thing | null {
  let value: unknown
  try {
    value = JSON.parse(packed)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { conversation, ticket, interaction } = value as Record<string, unknown>
  if (typeof conversation === 'string') return { conversation }
  if (typeof ticket === 'string') return { ticket }
  return typeof interaction === 'string' ? { interaction } : null
}

/** May the one be dropped on the other? */
export function mayMerge(from: Thing, into: Thing, conversations: readonly ConversationView[]): boolean {
  return mergeTargets(from, conversations).some((one) => idOf(one) === idOf(into))
}
