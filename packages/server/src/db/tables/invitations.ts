import type { AccountId, ConversationId, InteractionId, PersonId, PlaceInvitationId } from '@parley/model'
import type { History } from '@parley/rules'
import type { Generated, JSONColumnType } from 'kysely'

/** Somebody is asked into an interaction. One whose time is over stays `open` here and is none any more. */
export interface PlaceInvitationTable {
  account_id: AccountId
  invitation_id: PlaceInvitationId
  conversation_id: ConversationId
  interaction_id: InteractionId
  person_id: PersonId
  invited_by: PersonId
  /** Who asks, as they are called there. */
  named: string
  /** All that is shown of it before it is accepted, screened. */
  note: string
  encryption: Generated<'none' | 'sealed'>
  /** Of `history_of`, in its positions. */
  history: JSONColumnType<{ readonly of: History }>
  history_of: InteractionId
  state: 'open' | 'accepted' | 'declined' | 'withdrawn'
  created_at: Date
  updated_at: Date
  expires_at: Date
}
