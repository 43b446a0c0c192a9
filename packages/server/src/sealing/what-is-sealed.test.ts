import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeAttachments } from '../attachments/index.ts'
import { sealedMark } from '../db/index.ts'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { beginRepeatable, endRepeatable } from '../programs/index.ts'
import { accepted } from '../test-house.fixture.ts'

let rig: OperationRig
beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const decision = readFileSync(new URL('../../../../docs/decisions/0139-column-by-column.md', import.meta.url), 'utf8')

/** The columns that the decision lists, as `table.column`: those that it says are sealed, and the others. */
function decided(): { sealed: string[]; open: string[] } {
  const sealed: string[] = []
  const open: string[] = []
  for (const line of decision.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    const [, table = '', ...lists] = cells
    if (cells.length !== 6 || !/^[a-z_.]+$/.test(table) || table === 'table') continue
    const [first = '', never = '', stays = ''] = lists
    // After the colon stands why.
    for (const name of named(first)) sealed.push(`${table}.${name}`)
    for (const name of [...named(never), ...named(stays.split(':')[0] ?? '')]) open.push(`${table}.${name}`)
  }
  return { sealed, open }
}

const named = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '')

async function wordColumns(): Promise<string[]> {
  const rows = await rig.house.rows<{ name: string }>(
    `select case table_schema when 'parley' then '' else table_schema || '.' end || table_name || '.' || column_name as name
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema in ('parley', 'sign_in') and table_type = 'BASE TABLE'
       and (data_type in ('text', 'character varying', 'json', 'jsonb', 'bytea', 'inet', 'cidr', 'xml') or udt_name = '_text')`,
  )
  return rows.map(({ name }) => name)
}

test('of every column that can hold words it is decided whether they are sealed there (C9)', async () => {
  const { sealed, open } = decided()
  const listed = [...sealed, ...open]
  expect(listed.filter((name, at) => listed.indexOf(name) !== at)).toEqual([])
  expect(listed.sort()).toEqual((await wordColumns()).sort())
})

test('where it says that words are sealed they are, and whatever was written into them stands nowhere in the open (C9)', async () => {
  const { house, people } = rig
  const { account, node, clock } = house
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const { kept } = await node.db.write(account.account, (tx) =>
    storeAttachments(tx, {
      ...{ account: account.account, person: visitor, maxBytes: 1_000_000, now: clock.now() },
      files: [{ name: 'nightingale.txt', type: 'text/plain', bytes: Buffer.from('nightingale'), inline: false }],
    }),
  )
  accepted(await node.road.say({ ...house.say(visitor, { conversation }, 'nightingale'), attachments: kept }))
  const words = `'nightingale in ' ||`
  const quoted = (text: string) => `jsonb_build_object('text', ${words} '${text}')`
  // Every column at once, as if all that there is had been used here.
  for (const statement of [
    `update conversation set name = ${words} 'name', tags = array[${words} 'tags'], folder = ${words} 'folder', metadata = ${quoted('metadata')}`,
    `update ticket set name = ${words} 'name', tags = array[${words} 'tags'], folder = ${words} 'folder', metadata = ${quoted('metadata')},
       facts = jsonb_build_array(jsonb_build_object('about', 'product', 'value', ${words} 'facts', 'source', 'visitor'))`,
    `update interaction set name = ${words} 'name', tags = array[${words} 'tags'], folder = ${words} 'folder', metadata = ${quoted('metadata')}`,
    `update message set full_text = ${words} 'full', author_name = ${words} 'author', said_over = ${words} 'over',
       form = jsonb_build_object('kind', 'ask', 'fields', ${quoted('form')})`,
    `update offer set excerpt = ${words} 'excerpt', note = ${words} 'note', why = why || jsonb_build_object('matched', ${quoted('why')}),
       kept = jsonb_build_array(jsonb_build_object('said', ${quoted('said')}, 'names', ${quoted('names')}, 'attachments', '[]'::jsonb))`,
    `insert into held_item (account_id, held_id, person_id, conversation_id, channel, why, claims, said, key, state, created_at, expires_at)
       select account_id, gen_random_uuid(), visitor_id, conversation_id, 'email', 'unknown-sender', ${words} 'claims', ${quoted('said')}, 'key', 'waiting', now(), now()
       from conversation`,
    `insert into concierge_run (account_id, ticket_id, conversation_id, script_id, version, participant_id, state, step, began_at, moved_at)
       select account_id, ticket_id, conversation_id, gen_random_uuid(), 1, gen_random_uuid(),
         jsonb_build_object('phase', 'over', 'variables', ${quoted('variables')}), 'one', now(), now() from ticket`,
    `insert into place_invitation (account_id, invitation_id, conversation_id, interaction_id, person_id, invited_by, named, note, history,
         history_of, state, created_at, updated_at, expires_at)
       select account_id, gen_random_uuid(), conversation_id, interaction_id, gen_random_uuid(), gen_random_uuid(), 'Olga', ${words} 'note', '{}',
         interaction_id, 'open', now(), now(), now() from interaction limit 1`,
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, created_at)
       select account_id, gen_random_uuid(), visitor_id, 'email', ${words} 'value', ${words} 'key', 0, 'proven', now() from conversation`,
    `insert into consent (account_id, consent_id, medium, value_key, kind, words, key, at)
       select account_id, gen_random_uuid(), 'email', ${words} 'key', 'help', 'help', 'key', now() from conversation`,
    `update held_item set sender_key = ${words} 'key'`,
    `insert into opt_out (account_id, medium, value_key, since) select account_id, 'email', ${words} 'key', now() from conversation`,
  ]) {
    await house.rows(statement)
  }
  expect(
    await rig.does(people.olga, 'set-fields', { what: { interaction: exchange }, name: 'nightingale' }),
  ).toMatchObject({
    ok: true,
  })
  const { sealed } = decided()
  const holding = async (columns: readonly string[], like: string) => {
    const found: string[] = []
    for (const name of columns) {
      const [column, table] = [name.split('.').at(-1), name.split('.').slice(0, -1).join('.')]
      const rows = await house.rows(
        `select 1 from ${table} where to_jsonb(${column})::text like $1 or to_jsonb(${column})::text like $2 limit 1`,
        [`%${like}%`, `%${Buffer.from(like).toString('hex')}%`],
      )
      if (rows.length > 0) found.push(name)
    }
    return found.sort()
  }
  const before = await holding(await wordColumns(), 'nightingale')
  expect(before).toEqual(expect.arrayContaining(sealed.filter((name) => name !== 'kept_response.body')))

  expect(await rig.does(people.sue, 'seal', { conversation })).toMatchObject({ ok: true })
  const wanted = { account: account.account, program: people.bo, key: 'one', request: 'it' }
  await beginRepeatable(node.db, wanted, clock.now())
  await endRepeatable(node.db, wanted, JSON.stringify({ conversation, name: 'nightingale' }))
  expect(await beginRepeatable(node.db, wanted, clock.now())).toMatchObject({
    body: expect.stringContaining('nightingale'),
  })

  expect(await holding(await wordColumns(), 'nightingale')).toEqual([])
  const mark = sealedMark.replace('\u0001', '\\\\u0001')
  // Bytes have no mark: that their words are gone is all that there is to see.
  expect(await holding(sealed, mark)).toEqual(sealed.filter((name) => name !== 'blob_chunk.bytes').sort())

  // Nor does anything lie open after the ticket has gone on to somebody else.
  const [ticket] = await house.rows<{ id: string }>('select ticket_id as id from ticket')
  const handedOn = { ticket: ticket?.id, to: { people: [people.cleo] }, note: 'nightingale in the note' }
  expect(await rig.does(people.sue, 'transfer', handedOn)).toMatchObject({ ok: true })
  expect(await holding(await wordColumns(), 'nightingale')).toEqual([])
})
