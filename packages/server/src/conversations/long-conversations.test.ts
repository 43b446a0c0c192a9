import type { InteractionId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Reader } from '../db/index.ts'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { readableSpans } from '../road/index.ts'
import { readMessages, readViews } from './index.ts'

let rig: OperationRig
beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const messages = 4000
const parts = 100

test('C7 a long conversation is opened, and read anywhere, without reading what lies between: by its index alone', async () => {
  const { account } = rig.house.account
  const { visitor, exchanges } = await rig.question('olga')
  const interaction = exchanges[0] as InteractionId
  await fill(interaction, visitor)
  const read = (db: Reader, work: () => Promise<unknown>) => entriesRead(db, work)
  await rig.house.node.db.read(account, async (db) => {
    const [found] = await readViews(db, { account, person: visitor, language: 'en', limit: 10 })
    const length = found?.view.interactions.find(({ id }) => id === interaction)?.length ?? 0
    if (!found) throw new Error('they see nothing')
    expect(length).toBe(messages - (parts - 1))
    const page = (cursor: Parameters<typeof readMessages>[1]['cursor']) => async () => {
      const spans = readableSpans(found.structure, visitor)
      const { messages } = await readMessages(db, {
        account,
        person: visitor,
        interaction,
        spans,
        cursor,
        url: () => '',
      })
      expect(messages).toHaveLength(100)
    }
    const list = () => readViews(db, { account, person: visitor, language: 'en', limit: 10 })
    expect(await read(db, list)).toBeLessThan(10 * parts)
    expect(await read(db, page('end'))).toBeLessThan(400)
    expect(await read(db, page({ before: 2000 }))).toBeLessThan(400)
    expect(await read(db, page({ after: 2000 }))).toBeLessThan(400)
  })
})

/** So many messages, and a right of the visitor in so many parts, each without the one before it. */
async function fill(interaction: InteractionId, visitor: PersonId): Promise<void> {
  const { rows } = rig.house
  await rows(
    `with place as (select * from participant where interaction_id = $1 and person_id = $2),
     said as (
       insert into message (account_id, message_id, conversation_id, person_id, participant_id, kind, medium, body, key, at)
       select account_id, gen_random_uuid(), conversation_id, person_id, participant_id, 'said', 'web', 'number ' || n, sha256(n::text::bytea),
         now() + n * interval '1 second'
       from place, generate_series(1, $3::int - (select max(position) from placement where interaction_id = $1)) as n
       returning account_id, conversation_id, message_id, at)
     insert into placement (account_id, interaction_id, position, conversation_id, ordinal, message_id)
     select account_id, $1, (select max(position) from placement where interaction_id = $1) + row_number() over (order by at), conversation_id,
       1000 + row_number() over (order by at), message_id from said`,
    [interaction, visitor, messages],
  )
  await rows(
    `with own as (delete from span where interaction_id = $1 and person_id = $2 returning *)
     insert into span (account_id, span_id, conversation_id, interaction_id, person_id, from_position, to_position, basis, created_at)
     select account_id, gen_random_uuid(), conversation_id, interaction_id, person_id, 1 + (n - 1) * $3::int,
       case when n = $4::int then null else n * $3::int - 1 end, 'grant', created_at from (select * from own limit 1) o, generate_series(1, $4::int) as n`,
    [interaction, visitor, messages / parts, parts],
  )
  await rows('analyze')
}

/** How many entries of an index of placements a piece of work reads. */
async function entriesRead(db: Reader, work: () => Promise<unknown>): Promise<number> {
  const before = await entries(db)
  await work()
  return (await entries(db)) - before
}

async function entries(db: Reader): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ read: string }>`
    select sum(idx_tup_read) as read from pg_stat_user_indexes where relname = 'placement'`.execute(db)
  return Number(rows[0]?.read)
}
