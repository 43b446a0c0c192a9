import type { ConversationView, InteractionView, MessageView, ParticipantView } from '@parley/protocol'

/** One bubble: a message, wherever it stands. "Answer all" places one message in several interactions. */
export interface Line {
  message: MessageView
  /** Null for a line of the house. */
  author: ParticipantView | null
  /** Everywhere it stands, with its number there. */
  places: { view: InteractionView; message: MessageView }[]
}

export interface HeldInteraction {
  view: InteractionView
  messages: readonly MessageView[]
  /** Messages up to here exist and are not loaded. */
  base?: number
}

/** Everything of a conversation in one list: by time, one bubble per message. */
export function linesOf(held: readonly HeldInteraction[]): Line[] {
  const lines = new Map<string, Line>()
  for (const { view, messages } of held) {
    for (const message of messages) {
      const known = lines.get(message.id)
      if (known) {
        known.places.push({ view, message })
        continue
      }
      const author = view.participants.find((one) => one.id === message.from) ?? null
      lines.set(message.id, { message, author, places: [{ view, message }] })
    }
  }
  return [...lines.values()].sort((a, b) => (a.message.at < b.message.at ? -1 : a.message.at > b.message.at ? 1 : 0))
}

/** How many messages of others this person has not had before their eyes. */
export function unreadOf(
  held: readonly HeldInteraction[],
  readHere: (interaction: string) => number = () => 0,
): number {
  let unread = 0
  for (const { view, messages } of held) {
    const you = view.participants.find((one) => one.you)
    if (!you) continue
    const read = Math.max(you.read, readHere(view.id))
    unread += messages.filter(({ n, from }) => n > read && from !== null && from !== you.id).length
  }
  return unread
}

/**
 * Whom one talks with, the one who began it first, each once. A script that asked before is nobody to talk with, and who is spoken with
 * behind their backs is named only where there is nobody else.
 */
export function othersIn(conversation: ConversationView): ParticipantView[] {
  const outer = conversation.interactions.filter(({ kind }) => kind !== 'backchannel')
  const others = (outer.length > 0 ? outer : conversation.interactions)
    .flatMap((one) => one.participants)
    .filter((one) => !one.you && one.role !== 'virtual')
  const byAlias = new Map<string, ParticipantView>()
  for (const other of others) if (!byAlias.has(other.alias)) byAlias.set(other.alias, other)
  return [...byAlias.values()].sort((a, b) => Number(b.role === 'initiator') - Number(a.role === 'initiator'))
}

/** Where one may write, and what that is called: everyone of the conversation, or the circle of one interaction. */
export function circlesOf(conversation: ConversationView): { interaction: string; aliases: string[] }[] {
  if (conversation.state === 'closed') return []
  return conversation.interactions
    .filter((one) => one.writable && one.state === 'open')
    .map((one) => ({
      interaction: one.id,
      aliases: one.participants.filter((other) => !other.you && other.state === 'here').map((other) => other.alias),
    }))
}
