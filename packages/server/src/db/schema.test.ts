import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dumpSchema } from './dump-schema.ts'

const committed = path.join(import.meta.dirname, 'schema.txt')
let fresh: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.connectionString })
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await fresh.drop()
})

test('the schema that the migrations make is the one that is written down', async () => {
  const dump = await dumpSchema(client)
  if (process.env.PARLEY_TEST_WRITE_SCHEMA) writeFileSync(committed, dump)
  expect(dump).toBe(readFileSync(committed, 'utf8'))
})

test('every table begins with account_id, in its columns and in its primary key, and is walled off by account', async () => {
  const { rows } = await client.query<{ name: string; first: string; key: string; walled: boolean }>(`
    select c.relname as name, c.relrowsecurity as walled,
      (select attname from pg_attribute a where a.attrelid = c.oid and a.attnum = 1) as first,
      (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c where c.relnamespace = 'parley'::regnamespace and c.relkind = 'r' and c.relname not like 'parley_migration%'`)
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ first, key, walled }) => first !== 'account_id' || key !== 'account_id' || !walled)).toEqual([])
})

/** Why a column of a table that grows with what is said is not looked for by: nothing asks by it alone. */
const notAskedBy: Readonly<Record<string, string>> = {
  'attachment.conversation_id': 'asked by message; by conversation only when it is erased',
  'attachment.person_id': 'asked by message; by person only when they are erased',
  'delivery.address_id': 'leads to the address',
  'delivery.interaction_id': 'asked with the conversation',
  'delivery.lane_id': 'asked only of what is on its way',
  'delivery.own_address_id': 'leads to the address',
  'delivery.participant_id': 'asked with the conversation or the message',
  'delivery.person_id': 'asked with the conversation',
  'delivery.relay_id': 'leads to the address',
  'event.interaction_id': 'asked with the conversation',
  'event.person_id': 'asked with the conversation',
  'event.ticket_id': 'asked with the conversation',
  'interaction.parent_id': 'read with the structure',
  'interaction.primary_participant_id': 'read with the structure',
  'message.author_id': 'asked by placement; by person only when they are erased',
  'message.conversation_id': 'asked by placement; by conversation only when it is sealed or erased',
  'message.participant_id': 'asked by placement',
  'message.person_id': 'asked by placement; by person only when they are erased',
  'participant.address_id': 'read with the structure',
  'place_invitation.history_of': 'leads to what it gives',
  'place_invitation.interaction_id': 'asked only of open ones',
  'placement.conversation_id': 'asked by interaction',
  'placement.placed_by': 'leads to who did',
  'relay_address.own_address_id': 'asked only of active ones',
  'relay_address.person_id': 'asked by participant, offer or invitation',
  'relay_address.ticket_id': 'asked with the conversation',
  'span.given_by': 'read with the structure',
  'span.interaction_id': 'asked with the person or the conversation',
  'ticket.intake_id': 'read with the structure',
  'ticket.parent_id': 'read with the structure',
  'ticket.primary_participant_id': 'read with the structure',
  'ticket.topic_id': 'asked for lessons, in the background',
}

test('whatever is looked for by an id in what grows with the conversations has an index', async () => {
  const { rows } = await client.query<{ column: string; isled: boolean }>(
    `
    select c.relname || '.' || a.attname as column, exists (
      select from pg_index i where i.indrelid = c.oid and a.attnum = any(i.indkey[0:1])
        and coalesce(pg_get_expr(i.indpred, i.indrelid), '') in ('', '(' || a.attname || ' IS NOT NULL)')) as isled
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'parley'::regnamespace and a.atttypid = 'uuid'::regtype and a.attname <> 'account_id'
      and (a.attname like '%\\_id' or a.attname in ('given_by', 'placed_by', 'history_of')) and c.relname = any($1)`,
    [
      ['message', 'placement', 'delivery', 'attempt', 'span', 'participant', 'interaction', 'ticket', 'offer'].concat([
        'relay_address',
        'event',
        'attachment',
        'place_invitation',
      ]),
    ],
  )
  expect(rows.length).toBeGreaterThan(40)
  const bare = rows.flatMap(({ column, isled }) => (isled ? [] : [column])).toSorted()
  expect(bare).toEqual(Object.keys(notAskedBy))
})
