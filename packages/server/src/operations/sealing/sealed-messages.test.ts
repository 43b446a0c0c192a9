import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { days, type HeldId, newId, plainly } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeAttachments } from '../../attachments/index.ts'
import { readMessages } from '../../conversations/index.ts'
import { erasedText, openDatabase, sealedMark, sealingOf } from '../../db/index.ts'
import { listHeld } from '../../held/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { type Misplaced, openSealing } from '../../sealing/index.ts'
import { accepted } from '../../test-house.fixture.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({ encryption: 'sealed' })
})
afterEach(() => rig.close())

const stored = () =>
  rig.house.rows<{ message_id: string; body: string; encryption: string }>(
    'select message_id, body, encryption from message order by at',
  )

test('what is said where everything is sealed is read by those who may, and stands nowhere in the database (C9)', async () => {
  const { house } = rig
  const { person, conversation } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'the nightingale sings')))
  expect(Object.values((await rig.sees(person)).texts)).toEqual([['the nightingale sings']])
  const [row] = await stored()
  expect(row?.body.startsWith(`${sealedMark}1.c.`)).toBe(true)
  expect(row?.encryption).toBe('sealed')
})

test('another process opens what one has sealed, with the same store', async () => {
  const { house } = rig
  const { person, conversation } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'first')))
  const other = house.anotherNode()
  accepted(await other.road.say(house.say(person, { conversation }, 'second')))
  expect(Object.values((await rig.sees(person)).texts)).toEqual([['first', 'second']])
})

test('a sealed text moved to another row does not open there, and a text of somebody’s is never taken for a sealed one', async () => {
  const { house } = rig
  const { person, conversation, intake } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'one')))
  accepted(await house.node.road.say(house.say(person, { conversation }, 'two')))
  const [one, two] = await stored()
  await house.rows('update message set body = $1 where message_id = $2', [one?.body, two?.message_id])
  expect(await rig.messages(person, intake)).toMatchObject([{ text: 'one' }, { text: '', erased: true }])
  accepted(await house.node.road.say(house.say(person, { conversation }, one?.body ?? '')))
  expect((await rig.messages(person, intake)).at(-1)?.text).toBe(one?.body.slice(1))
})

test('a sealed text moved to another column does not open there, and that is told without its words (C9)', async () => {
  const { house } = rig
  const { person, conversation, intake } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'nightingale')))
  const [{ message_id: id, body } = { message_id: '', body: '' }] = await stored()
  await house.rows('update message set full_text = body, author_name = body where message_id = $1', [id])
  const told: Misplaced[] = []
  const db = openDatabase(
    { connectionString: house.database.connectionString },
    { sealing: openSealing({ folder: house.keys, secrets: [house.secret] }, house.secret, (one) => told.push(one)) },
  )
  const read = () =>
    db.read(house.account.account, (reader) =>
      reader.selectFrom('message').select(['message_id', 'body', 'full_text', 'author_name as by']).execute(),
    )
  try {
    expect(await read()).toEqual([{ message_id: id, body: 'nightingale', full_text: erasedText, by: erasedText }])
    await house.rows(`update message set body = left(body, -4) || 'AAAA' where message_id = $1`, [id])
    expect(await read()).toMatchObject([{ body: erasedText }])
    expect(await rig.messages(person, intake)).toMatchObject([{ erased: true }])
    const sealedFor = 'message.body'
    expect(told).toEqual([
      { readFrom: 'message.full_text', sealedFor, row: id },
      { readFrom: 'message.author_name', sealedFor, row: id },
      { readFrom: 'message.body', sealedFor, row: id },
    ])
    expect(body).not.toContain('nightingale')
  } finally {
    await db.close()
  }
})

test('without its key a message is told to be erased, and the rest is read', async () => {
  const { house } = rig
  const { person, conversation, intake } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'gone soon')))
  const folder = path.join(house.keys, house.account.account)
  expect(readdirSync(folder)).toEqual([`c-${conversation}`])
  rmSync(path.join(folder, `c-${conversation}`), { recursive: true })
  const other = house.anotherNode()
  accepted(await other.road.say(house.say(person, { conversation }, 'still here')))
  const fresh = house.anotherNode()
  const page = await fresh.db.read(house.account.account, (db) =>
    readMessages(db, {
      account: house.account.account,
      person,
      interaction: intake,
      spans: [{ interaction: intake, from: 1, to: null, basis: 'member' }],
      cursor: 'end',
      url: (_, id) => id,
    }),
  )
  expect(page.messages).toMatchObject([{ erased: true, text: '' }, { text: 'still here' }])
})

test('who said elsewhere what was filed, and the files of what is held, are read by those who may, and stand nowhere in the open', async () => {
  const { house, people } = rig
  const { account, node, clock } = house
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const said = {
    text: 'by phone',
    at: clock.now().toISOString(),
    by: { name: 'Lark of the choir' },
    over: 'a lark call',
  }
  expect(await rig.does(people.olga, 'file', { interaction: exchange, said })).toMatchObject({ ok: true })
  expect((await rig.messages(visitor, exchange)).at(-1)).toMatchObject({
    text: 'by phone',
    filed: { by: 'Lark of the choir', over: 'a lark call' },
  })
  const held = newId<HeldId>()
  await node.db.write(account.account, async (tx) => {
    const { values } = sealingOf(tx)
    const seal = (column: string, value: { text: string } | { json: unknown }) =>
      values.seal(account.account, { conversation, by: visitor }, { table: 'held_item', column, row: held }, value)
    await storeAttachments(tx, {
      ...{ account: account.account, person: visitor, maxBytes: 1_000, now: clock.now(), held, sealed: true },
      files: [{ name: 'lark.txt', type: 'text/plain', bytes: Buffer.from('la'), inline: false }],
    })
    await tx
      .insertInto('held_item')
      .values({
        ...{
          account_id: account.account,
          held_id: held,
          person_id: visitor,
          conversation_id: conversation,
          relay_id: null,
        },
        ...{ channel: 'email', why: 'unknown-sender', raw_blob_id: null, key: Buffer.from('key'), state: 'waiting' },
        claims: await seal('claims', { text: 'lark@birds.test' }),
        said: JSON.stringify(await seal('said', { json: { inbound: { said: plainly('la la') } } })),
        ...{ created_at: clock.now(), expires_at: new Date(Date.now() + days(9)), decided_at: null },
      })
      .execute()
  })
  const [item] = await node.db.read(account.account, (reader) => listHeld(reader, account.account, visitor))
  expect(item).toMatchObject({ text: 'la la', attachments: [{ name: 'lark.txt', type: 'text/plain', size: 2 }] })
  const open = await house.rows(`select to_jsonb(m)::text from message m where to_jsonb(m)::text ilike '%lark%'
    union all select to_jsonb(h)::text from held_item h where to_jsonb(h)::text ilike '%lark%'
    union all select to_jsonb(f)::text from attachment f where to_jsonb(f)::text ilike '%lark%'`)
  expect(open).toEqual([])
})
