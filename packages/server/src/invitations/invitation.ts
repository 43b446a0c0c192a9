import type { AccountId, ConversationId, InteractionId, PersonId, PlaceInvitationId } from '@parley/model'
import type { History } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** An invitation as it stands, with the conversation that its interaction belongs to now. */
export interface PlaceInvitation {
  readonly id: PlaceInvitationId
  readonly conversation: ConversationId
  readonly interaction: InteractionId
  readonly person: PersonId
  readonly by: PersonId
  readonly history: History
  readonly historyOf: InteractionId
  readonly state: 'open' | 'accepted' | 'declined' | 'withdrawn'
  readonly expiresAt: Date
}

/** Null where there is none. What was invited into an interaction that was merged into another leads into that one. */
export async function readInvitation(
  db: Reader,
  account: AccountId,
  invitation: PlaceInvitationId,
): Promise<PlaceInvitation | null> {
  const { rows } = await sql<PlaceInvitation>`
    with recursive leads as (
      select i.interaction_id, i.conversation_id, i.merged_into, 1 as step from place_invitation v
      join interaction i on i.account_id = v.account_id and i.interaction_id = v.interaction_id
      where v.account_id = ${account} and v.invitation_id = ${invitation}
      union all
      select i.interaction_id, i.conversation_id, i.merged_into, l.step + 1 from leads l
      join interaction i on i.account_id = ${account} and i.interaction_id = l.merged_into where l.step < 100
    )
    select v.invitation_id as id, l.conversation_id as conversation, l.interaction_id as interaction, v.person_id as person,
      v.invited_by as by, v.history->'of' as history, v.history_of as "historyOf", v.state, v.expires_at as "expiresAt"
    from place_invitation v join (select * from leads order by step desc limit 1) l on true
    where v.account_id = ${account} and v.invitation_id = ${invitation}`.execute(db)
  return rows[0] ?? null
}

/** Why it can be answered no more; null: it can. */
export function whyOver(
  { state, expiresAt }: Pick<PlaceInvitation, 'state' | 'expiresAt'>,
  now: Date,
): 'accepted' | 'declined' | 'withdrawn' | 'expired' | null {
  if (state !== 'open') return state
  return expiresAt <= now ? 'expired' : null
}
