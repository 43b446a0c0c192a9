import type { ConversationView, InteractionView, MessageView } from './real-time.ts'

/**
 * GET `/api/desk/admin/people/:id/sees?after=`: the conversations of somebody's, as they see them, newest first by what they may read there
 * themselves. Administrators only.
 */
export interface SeesPage {
  conversations: ConversationView[]
  /** For the next page; null at the end. */
  next: string | null
}

/**
 * GET `/api/desk/admin/people/:id/sees/:conversation`: one of them as a tree: tickets, what stands in them, and what was opened from that, with
 * why they may read it. Looking is recorded.
 */
export interface SeesConversation {
  conversation: ConversationView
  tickets: { id: string; interactions: SeesInteraction[] }[]
}

export interface SeesInteraction {
  interaction: InteractionView
  /** What they may read, in positions of the whole; `to` of null: and what is still to come. */
  ranges: { from: number; to: number | null }[]
  /** How many messages that is now. */
  messages: number
  rights: SeesRight[]
  /** What was opened from it, as far as they see it. */
  backchannels: SeesInteraction[]
}

/** One right that makes it so. */
export interface SeesRight {
  basis: 'member' | 'grant' | 'observer' | 'rule'
  from: number
  to: number | null
  since: string
  /** The name or alias of who gave it; null: the house, by a rule. */
  by: string | null
  /** It hangs on this team that was let in, or on letting those who answer see each other. */
  under: { team: string } | 'let-see' | null
}

/** GET `/api/desk/admin/people/:id/sees/:conversation/:interaction?before=`: the words, as they stand before them. Looking is recorded. */
export interface SeesMessages {
  messages: MessageView[]
  more: boolean
}
