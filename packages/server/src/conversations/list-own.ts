import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** A conversation of which somebody may read something, with the time of the last words in it that they may read themselves. */
export interface OwnConversation {
  readonly conversation: ConversationId
  readonly person: PersonId
  readonly at: Date
}

interface Row extends OwnConversation {
  /** The time of the last words in it, whoever may read them: nothing of one's own is later. */
  newest: Date
}

/**
 * The conversations of some people, newest first by what each of them may read there: what is said where they are not moves nothing in
 * their list. Most are found among the newest by anybody's words; the list is taken from twice as many until it is sure to be right.
 */
export async function listOwn(
  db: Reader,
  wanted: {
    account: AccountId
    people: RawBuilder<unknown>
    limit: number
    after?: OwnConversation | undefined
    /** Spaces of one's own stay out. */
    withoutOwnSpaces?: true
  },
): Promise<OwnConversation[]> {
  const { account, people, limit, after, withoutOwnSpaces } = wanted
  const kinds = withoutOwnSpaces ? sql`c.kind <> 'own'` : sql`true`
  for (let most = limit + 20; ; most *= 2) {
    const { rows } = await sql<Row>`
      select k.conversation_id as conversation, k.person_id as person, k.last_at as newest, coalesce(own.at, k.created_at) as at
      from (select c.conversation_id, c.created_at, c.last_at, s.person_id
        from (select distinct conversation_id, person_id from span where account_id = ${account} and person_id = any(${people})
          and (to_position is null or to_position >= from_position)) s
        join conversation c on c.account_id = ${account} and c.conversation_id = s.conversation_id
        where ${kinds} order by c.last_at desc limit ${most}) k
      left join lateral (select max(m.at) as at from (
          select s.interaction_id, max(l.position) as position from span s
          join interaction i on i.account_id = s.account_id and i.interaction_id = s.interaction_id
          cross join lateral (select p.position from placement p where p.account_id = s.account_id
            and p.interaction_id = s.interaction_id and p.position between s.from_position and s.until
            and p.position <> all(i.withdrawn) order by p.position desc limit 1) l
          where s.account_id = ${account} and s.conversation_id = k.conversation_id and s.person_id = k.person_id
          group by s.interaction_id) latest
        join placement p on p.account_id = ${account} and p.interaction_id = latest.interaction_id and p.position = latest.position
        join message m on m.account_id = p.account_id and m.message_id = p.message_id) own on true`.execute(db)
    const list = rows.filter((row) => !after || inOrder(after, row) < 0).sort(inOrder)
    const oldest = Math.min(...rows.map(({ newest }) => newest.getTime()))
    const last = list[limit - 1]
    if (rows.length < most || (last && last.at.getTime() > oldest)) return list.slice(0, limit)
  }
}

/** Newest first; of the same moment in an order that stays. */
function inOrder(one: OwnConversation, other: OwnConversation): number {
  const byTime = other.at.getTime() - one.at.getTime()
  if (byTime !== 0) return byTime
  const [a, b] = [one.conversation + one.person, other.conversation + other.person]
  return a < b ? 1 : a > b ? -1 : 0
}
