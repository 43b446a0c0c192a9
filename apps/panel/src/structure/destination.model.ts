import type { ConversationView, InteractionView, Role } from '@parley/protocol'
import { whoIsHere } from './tree.model.ts'

/** Where the words that are being written will go. `who`: the aliases of those whom they reach. */
export type Destination =
  /** Everyone of one matter: `of`. `ticket`: what it is called, where there are several. */
  | { kind: 'everyone'; who: string[]; of?: string; ticket?: string }
  | { kind: 'circle'; interaction: string; who: string[]; hasAsker: boolean; ticket?: string }
  | { kind: 'backchannel'; interaction: string; who: string[]; isWhisper: boolean; name?: string }
  /** To those who answer in an exchange, behind the back of who asks. */
  | { kind: 'whisper'; interaction: string; who: string[] }

/** Everywhere that this person may write; what reaches the outside first. */
export function destinationsOf(conversation: ConversationView, role: Role): Destination[] {
  if (conversation.state === 'closed') return []
  const open = conversation.interactions.filter(({ state, mergedInto }) => state === 'open' && !mergedInto)
  const outer = open.filter(({ kind }) => kind !== 'backchannel')
  const { tickets = [] } = conversation
  const nameOf = (view: InteractionView) =>
    tickets.length > 1 ? tickets.find(({ id }) => id === view.ticket)?.name : ''
  const circles = outer.filter(({ writable }) => writable).map((view) => circle(view, nameOf(view)))
  const exchanges = outer.filter(({ kind, writable }) => writable && kind === 'exchange')
  const everyone = [...Map.groupBy(exchanges, ({ ticket }) => ticket).values()].flatMap((views) =>
    views.length > 1 ? [toAll(views, nameOf)] : [],
  )
  const backchannels = open
    .filter(({ kind, writable }) => writable && kind === 'backchannel')
    .map((view) => ({
      kind: 'backchannel' as const,
      interaction: view.id,
      who: whoIsHere(view),
      isWhisper: view.purpose === 'whisper',
      ...(view.name ? { name: view.name } : {}),
    }))
  const whispers =
    role === 'responder'
      ? []
      : outer
          .map((view) => ({ kind: 'whisper' as const, interaction: view.id, who: answering(view) }))
          .filter(({ who }) => who.length > 0)
  return [...everyone, ...circles, ...backchannels, ...whispers]
}

function toAll(views: readonly InteractionView[], nameOf: (view: InteractionView) => string | undefined): Destination {
  const [first] = views
  const name = first && nameOf(first)
  return {
    kind: 'everyone',
    who: [...new Set(views.flatMap(whoIsHere))],
    ...(first?.ticket ? { of: first.ticket } : {}),
    ...(name ? { ticket: name } : {}),
  }
}

const circle = (view: InteractionView, ticket = ''): Destination => ({
  kind: 'circle',
  interaction: view.id,
  who: whoIsHere(view),
  hasAsker: view.participants.some(({ role, you, state }) => role === 'initiator' && !you && state === 'here'),
  ...(ticket === '' ? {} : { ticket }),
})

const answering = (view: InteractionView): string[] =>
  whoIsHere({ ...view, participants: view.participants.filter(({ role }) => role === 'responder') })

/** Two places with the same key keep one draft; a whisper and an answer never do. */
export function keyOf(destination: Destination): string {
  if (destination.kind === 'everyone') return destination.of === undefined ? 'everyone' : `everyone ${destination.of}`
  return `${destination.kind} ${destination.interaction}`
}

export const isInside = ({ kind }: Destination): boolean => kind === 'backchannel' || kind === 'whisper'

/** The same, of what may be there no longer. */
export const isInsideKey = (key: string): boolean => /^(backchannel|whisper) /.test(key)

/** The one that is chosen, or, where nothing is, the first. What was meant for one that is gone goes nowhere by itself. */
export function chosenAmong(destinations: readonly Destination[], key: string | null): Destination | undefined {
  return key === null ? destinations[0] : destinations.find((one) => keyOf(one) === key)
}

/** Between the outside and the inside: what Ctrl or ⌘ with K does. A whisper goes before an older backchannel. */
export function otherSide(destinations: readonly Destination[], now: Destination): Destination | undefined {
  if (isInside(now)) return destinations.find((one) => !isInside(one))
  return destinations.find(({ kind }) => kind === 'whisper') ?? destinations.find(isInside)
}

/** Where drafts of it are kept. What goes to the outside keeps the conversation's own. */
export const draftPlace = (conversation: string, destination: Destination): string =>
  draftPlaceOf(conversation, keyOf(destination))

export const draftPlaceOf = (conversation: string, key: string): string =>
  isInsideKey(key) ? `${conversation}.${key}` : conversation
