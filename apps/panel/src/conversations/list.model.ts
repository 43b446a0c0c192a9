import type { ConversationView } from '@parley/protocol'
import { type HeldInteraction, linesOf, othersIn, unreadOf } from '../live/live.model.ts'
import { insideOf } from '../structure/inside.model.ts'

export interface ListItem {
  id: string
  title: string
  /** Nobody else is in it, and it was meant so. */
  isOwn: boolean
  colour: number
  topic: string | null
  /** The last thing that a person said; null while nobody has, or it has not been read yet. */
  last: { text: string; byYou: boolean; isInside: boolean; isErased: boolean; attachments: number } | null
  /** Nobody has said anything: what is not here yet is no silence. */
  isSilent: boolean
  at: string
  unread: number
  state: ConversationView['state']
  hasDraft: boolean
}

export function listItem(
  conversation: ConversationView,
  held: readonly HeldInteraction[],
  draft: string,
  readHere?: (interaction: string) => number,
): ListItem {
  const others = othersIn(conversation)
  const lines = linesOf(held)
  const said = lines.filter((line) => line.author !== null).at(-1)
  return {
    id: conversation.id,
    title: conversation.name ?? others.map((one) => one.alias).join(', '),
    isOwn: conversation.kind === 'own',
    colour: others[0]?.colour ?? 0,
    topic: conversation.topic,
    last: said
      ? {
          text: said.message.text,
          byYou: said.author?.you ?? false,
          isInside: insideOf(said) !== null,
          isErased: said.message.erased ?? false,
          attachments: said.message.attachments?.length ?? 0,
        }
      : null,
    isSilent: held.every(({ view }) => view.length === 0),
    at: lines.at(-1)?.message.at ?? conversation.createdAt,
    unread: unreadOf(held, readHere),
    state: conversation.state,
    hasDraft: draft.trim() !== '',
  }
}

/** Open ones first, then what was spoken in last. */
export function inOrder(items: readonly ListItem[]): ListItem[] {
  return [...items].sort((a, b) =>
    a.state !== b.state ? (a.state === 'open' ? -1 : 1) : a.at < b.at ? 1 : a.at > b.at ? -1 : 0,
  )
}

/** The next one up or down; from nowhere, the first or the last. */
export function neighbour(items: readonly { id: string }[], current: string | null, step: 1 | -1): string | null {
  if (items.length === 0) return null
  const at = items.findIndex((item) => item.id === current)
  const next = at === -1 ? (step === 1 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + step))
  return items[next]?.id ?? null
}
