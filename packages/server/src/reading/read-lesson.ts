import type { AccountId, TopicId } from '@parley/model'
import type { TopicLesson } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/**
 * All there is to learn topics from: examples and keywords that administrators gave, what topics are called in every language, and the first
 * words of the account's own tickets whose topic the visitor chose or answered. What was only read from their words teaches nothing: a model
 * that learns from itself agrees with itself.
 */
export async function readLesson(reader: Reader, account: AccountId): Promise<TopicLesson> {
  const topics = await reader
    .selectFrom('topic')
    .select(['topic_id', 'names'])
    .where('account_id', '=', account)
    .orderBy('topic_id')
    .execute()
  const isThere = new Set<string>(topics.map(({ topic_id }) => topic_id))
  const given = await reader
    .selectFrom('reading_example')
    .select(['topic_id', 'text'])
    .where('account_id', '=', account)
    // What was added at once has ids in no order, and in another order it is learned a little differently.
    .orderBy(sql`text collate "C"`)
    .orderBy('example_id')
    .execute()
  const keywords = await reader
    .selectFrom('reading_keyword')
    .select(['topic_id', 'keyword'])
    .where('account_id', '=', account)
    .orderBy('topic_id')
    .orderBy('keyword')
    .execute()
  const own = await readOwn(reader, account)
  const examples = [
    ...given.map(({ topic_id, text }) => ({ text, label: topic_id })),
    ...own.map(({ topic, text }) => ({ text, label: topic })),
  ].filter(({ label }) => label === null || isThere.has(label))
  // A topic that nothing shows but its name would attract by its name alone.
  const shown = new Set<string | null>([
    ...examples.map(({ label }) => label),
    ...keywords.map(({ topic_id }) => topic_id),
  ])
  const hints = [
    ...topics.flatMap(({ topic_id, names }) => Object.values(names).map((text) => ({ text, label: topic_id }))),
    ...keywords.map(({ topic_id, keyword }) => ({ text: keyword, label: topic_id })),
  ].filter(({ label }) => shown.has(label) && isThere.has(label))
  return { examples, hints }
}

/** The latest are enough, and the closest to what will be asked. */
const mostOwn = 10_000

async function readOwn(reader: Reader, account: AccountId): Promise<{ topic: TopicId; text: string }[]> {
  const { rows } = await sql<{ topic: TopicId; text: string }>`
    with latest as (
      select t.ticket_id, t.topic_id, t.intake_id, c.visitor_id from ticket t
      join conversation c on c.account_id = t.account_id and c.conversation_id = t.conversation_id
      where t.account_id = ${account} and t.topic_id is not null and t.encryption = 'none' and c.encryption = 'none'
        and exists (select from jsonb_array_elements(t.facts) f
          where f->>'about' = 'topic' and f->>'source' in ('chosen', 'answered') and f->>'value' = t.topic_id::text)
      order by t.ticket_id desc limit ${mostOwn}
    )
    select l.topic_id as topic, m.body as text from latest l
    join lateral (
      select m.body from placement p
      join message m on m.account_id = p.account_id and m.message_id = p.message_id
      where p.account_id = ${account} and p.interaction_id = l.intake_id and m.person_id = l.visitor_id and m.kind = 'said'
        and m.encryption = 'none'
      order by p.position limit 1
    ) m on true
    where length(trim(m.body)) > 0
    order by l.ticket_id`.execute(reader)
  return rows
}
