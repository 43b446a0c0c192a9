import type { AccountId, InvitationId, LinkId, PersonId, SiteId, TeamId, TopicId } from '@parley/model'
import type { Generated, JSONColumnType } from 'kysely'

// The account and what its administrators set up.

export interface AccountTable {
  account_id: AccountId
  name: string
  created_at: Date
  join_key: Generated<string>
  joining: Generated<'open' | 'invited' | 'approved' | 'closed'>
}

export interface SiteTable {
  account_id: AccountId
  site_id: SiteId
  site_key: string
  name: string
  domains: Generated<string[]>
  policy: JSONColumnType<object>
  created_at: Date
}

export interface TopicTable {
  account_id: AccountId
  topic_id: TopicId
  site_id: SiteId
  names: JSONColumnType<Record<string, string>>
  position: number
}

/** What somebody may do here: whoever answers; who answers with the desk; who may watch and coach; who configures. Each may what those before may. */
export type Role = 'responder' | 'operator' | 'supervisor' | 'administrator'

export interface TeamTable {
  account_id: AccountId
  team_id: TeamId
  kind: 'team' | 'department'
  names: JSONColumnType<Record<string, string>>
  position: number
  created_at: Date
}

export interface TeamMemberTable {
  account_id: AccountId
  team_id: TeamId
  person_id: PersonId
}

export interface InvitationTable {
  account_id: AccountId
  invitation_id: InvitationId
  key_hash: Buffer
  name: string
  team_id: TeamId | null
  uses: number
  used: Generated<number>
  created_by: PersonId
  created_at: Date
  expires_at: Date
}

export interface LinkTable {
  account_id: AccountId
  link_id: LinkId
  site_id: SiteId
  code: string
  name: string
  topic_id: TopicId | null
  people: Generated<PersonId[]>
  teams: Generated<TeamId[]>
  facts: JSONColumnType<Record<string, string[]>, string | undefined, string>
  uses: number | null
  used: Generated<number>
  created_by: PersonId
  created_at: Date
  expires_at: Date | null
}
