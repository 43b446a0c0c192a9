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

/**
 * GET `/api/desk/interactions/:id/rights`: who may read an interaction, and why, for those who may give and take that. Supervisors and
 * administrators see all of it; who manages it sees whom they see in it, and what they gave themselves.
 */
export interface InteractionReaders {
  readers: InteractionReader[]
}

export interface InteractionReader {
  /** As `grant` and `revoke` name them; null where whoever looks is not told. */
  person: string | null
  /** What they are called there, or at the desk where they have no place there. */
  alias: string
  you: boolean
  /** They are in it now. */
  isHere: boolean
  rights: InteractionRight[]
  /** What they were given can be taken back by whoever looks. */
  mayTakeBack: boolean
}

/** One right, in the numbers of whoever looks; `from` of null: nothing of what they read themselves. `to` of null: and what is still to come. */
export interface InteractionRight {
  basis: SeesRight['basis']
  from: number | null
  to: number | null
  since: string
  /** The alias of who gave it; null: the house, by a rule, or somebody whoever looks does not see. */
  by: string | null
  under: SeesRight['under']
}
