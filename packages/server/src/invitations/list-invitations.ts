import type { AccountId, PersonId } from '@parley/model'
import type { InvitationsView, SentInvitationView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

interface Row {
  id: string
  named: string
  site: string
  note: string
  kind: 'exchange' | 'backchannel'
  at: Date
  until: Date
}

interface SentRow {
  id: string
  conversation: string
  interaction: string
  alias: string
  at: Date
  until: Date
  state: 'open' | 'accepted' | 'declined' | 'withdrawn'
}

const sentFor = 100

/**
 * What somebody is asked into just now, newest first, and what became of those whom they asked themselves. Of an interaction that is to be
 * joined nothing is told but what its inviter wrote.
 */
export async function listInvitations(
  reader: Reader,
  { account, person, now }: { account: AccountId; person: PersonId; now: Date },
): Promise<InvitationsView> {
  const open = await sql<Row>`
    select v.invitation_id as id, v.named, s.name as site, v.note, i.kind, v.created_at as at, v.expires_at as until
    from place_invitation v
    join interaction i on i.account_id = v.account_id and i.interaction_id = v.interaction_id
    join conversation c on c.account_id = i.account_id and c.conversation_id = i.conversation_id and c.state = 'open'
    join site s on s.account_id = c.account_id and s.site_id = c.site_id
    where v.account_id = ${account} and v.person_id = ${person} and v.state = 'open' and v.expires_at > ${now}
      and (i.state = 'open' or i.merged_into is not null)
    order by v.created_at desc, v.invitation_id desc limit 200`.execute(reader)
  const sent = await sql<SentRow>`
    select v.invitation_id as id, i.conversation_id as conversation, v.interaction_id as interaction, r.alias, v.created_at as at,
      v.expires_at as until, v.state
    from place_invitation v
    join interaction i on i.account_id = v.account_id and i.interaction_id = v.interaction_id
    join responder r on r.account_id = v.account_id and r.person_id = v.person_id
    where v.account_id = ${account} and v.invited_by = ${person}
    order by v.created_at desc, v.invitation_id desc limit ${sentFor}`.execute(reader)
  return {
    open: open.rows.map(({ id, named, site, note, kind, at, until }) => ({
      ...{ id, by: named, site, note, kind },
      at: at.toISOString(),
      until: until.toISOString(),
    })),
    sent: sent.rows.map(({ at, until, state, ...row }): SentInvitationView => {
      const isExpired = state === 'open' && until <= now
      return { ...row, at: at.toISOString(), until: until.toISOString(), state: isExpired ? 'expired' : state }
    }),
  }
}
