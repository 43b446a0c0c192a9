import type { ConversationView, InteractionView, TicketView } from '@parley/protocol'
import { othersIn } from '../live/live.model.ts'
import type { Say } from '../words/words.model.ts'
import type { Thing } from './dialogs.model.ts'
import { whoIsHere } from './tree.model.ts'

/** What a conversation is called: by its name, else by whom one talks with. */
export function sayConversation(conversation: ConversationView, say: Say): string {
  if (conversation.name) return conversation.name
  if (conversation.kind === 'own') return say('structure.ownSpace')
  return (
    othersIn(conversation)
      .map(({ alias }) => alias)
      .join(', ') || say('conversation.nobody')
  )
}

export function sayTicket(ticket: TicketView | null, number: number, say: Say): string {
  return ticket?.name ?? say('structure.ticket', { number })
}

export function sayInteraction(view: InteractionView, say: Say): string {
  const who = whoIsHere(view).join(', ')
  if (view.purpose === 'whisper') return say('structure.whisperWith', { who: who || say('conversation.nobody') })
  if (view.name) return view.name
  if (view.kind === 'intake') return say('structure.intake')
  if (view.kind === 'exchange') return say('structure.exchangeWith', { who: who || say('conversation.nobody') })
  return say('structure.backchannelWith', { who: who || say('conversation.nobody') })
}

export function sayThing(thing: Thing, conversations: readonly ConversationView[], say: Say): string {
  if ('conversation' in thing) {
    const found = conversations.find(({ id }) => id === thing.conversation)
    return found ? sayConversation(found, say) : ''
  }
  for (const { tickets = [], interactions } of conversations) {
    if ('ticket' in thing) {
      const at = tickets.findIndex(({ id }) => id === thing.ticket)
      if (at !== -1) return sayTicket(tickets[at] ?? null, at + 1, say)
    } else {
      const view = interactions.find(({ id }) => id === thing.interaction)
      if (view) return sayInteraction(view, say)
    }
  }
  return ''
}
