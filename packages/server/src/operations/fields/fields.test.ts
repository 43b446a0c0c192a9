import { newId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addCategory, changeCategory, listCategories } from '../../categories/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { showFields } from '../index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const category = async (name: string) => {
  const { node, account } = rig.house
  const made = await node.db.write(account.account, (tx) =>
    addCategory(tx, account.account, { names: { en: name }, colour: 1 }),
  )
  if (!made) throw new Error('the list is full')
  return made
}
const shown = async (what: object) => {
  const { node, account } = rig.house
  const found = await node.db.read(account.account, (db) =>
    showFields(db, { account: account.account, person: rig.people.sue, role: 'supervisor' }, what),
  )
  if (!found.ok) throw new Error(found.refusal)
  return found.fields
}
const ticketOf = async (conversation: string) =>
  (
    await rig.house.rows<{ id: string }>('select ticket_id as id from ticket where conversation_id = $1', [
      conversation,
    ])
  )[0]?.id ?? ''

test('C1 name, category, tags, metadata and folder are set, shown, and undone', async () => {
  const { people } = rig
  const { conversation } = await rig.question('olga')
  const boots = await category('Boots')
  const what = { conversation }
  const wanted = {
    name: 'Ana, boots',
    category: boots,
    tags: ['vip', 'vip', 'boots'],
    metadata: { order: 7 },
    folder: 'a/b',
  }
  const set = await rig.does(people.olga, 'set-fields', { what, ...wanted })
  expect(set).toMatchObject({ ok: true, result: { conversation, undoable: true } })
  expect(await shown(what)).toMatchObject({ ...wanted, tags: ['vip', 'boots'] })
  expect(
    await rig.does(people.olga, 'set-fields', { what, metadata: { order: null, size: '42' }, name: null }),
  ).toMatchObject({
    ok: true,
  })
  expect(await shown(what)).toMatchObject({ name: null, category: boots, metadata: { size: '42' }, folder: 'a/b' })
  if (!set.ok) throw new Error('not set')
  await rig.does(people.sue, 'set-fields', { what, metadata: { order: 7, size: null }, name: 'Ana, boots' })
  expect(await rig.does(people.sue, 'undo', { operation: set.result.operation })).toMatchObject({ refusal: 'built-on' })
})

test('C1 what a page told in the beginning is neither shown nor lost by metadata', async () => {
  const { people, house } = rig
  const { conversation } = await rig.question('olga')
  await house.rows(`update conversation set metadata = '{"beganOver":"sms"}' where conversation_id = $1`, [
    conversation,
  ])
  await rig.does(people.olga, 'set-fields', { what: { conversation }, metadata: { order: 7 } })
  expect((await shown({ conversation })).metadata).toEqual({ order: 7 })
  expect(await house.rows('select metadata from conversation where conversation_id = $1', [conversation])).toEqual([
    { metadata: { beganOver: 'sms', order: 7 } },
  ])
  expect(
    await rig.does(people.olga, 'set-fields', { what: { conversation }, metadata: { beganOver: 'email' } }),
  ).toMatchObject({ refusal: 'malformed-request' })
})

test('C1 the nearest own list of categories counts, a backchannel’s parents before its ticket; what stands stays', async () => {
  const { people, house } = rig
  const { node, account } = house
  const { conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const [boots, tents, stoves] = [await category('Boots'), await category('Tents'), await category('Stoves')]
  const ticket = await ticketOf(conversation)
  const set = (what: object, fields: object) => rig.does(people.olga, 'set-fields', { what, ...fields })
  expect(await set({ interaction }, { category: newId() })).toEqual({ ok: false, refusal: 'unknown-choice' })
  expect(await set({ conversation }, { categories: [boots, tents] })).toMatchObject({ ok: true })
  expect(await set({ interaction }, { category: stoves })).toEqual({ ok: false, refusal: 'unknown-choice' })
  expect(await set({ interaction }, { category: boots })).toMatchObject({ ok: true })
  expect(await set({ ticket }, { categories: [stoves] })).toMatchObject({ ok: true })
  expect((await shown({ interaction })).choices).toEqual([stoves])
  expect(await set({ interaction }, { category: tents })).toEqual({ ok: false, refusal: 'unknown-choice' })
  // Boots stand there still, though neither the list nor, later, the account has them to choose.
  expect(await set({ interaction }, { name: 'x', category: boots })).toMatchObject({ ok: true })
  await node.db.write(account.account, (tx) =>
    changeCategory(tx, account.account, stoves, { isRetired: true, position: 0 }, house.clock.now()),
  )
  expect(await set({ interaction }, { category: stoves })).toEqual({ ok: false, refusal: 'unknown-choice' })
  expect((await shown({ interaction })).category).toBe(boots)
  const all = await node.db.read(account.account, (db) => listCategories(db, account.account))
  expect(all.map(({ id, isRetired }) => [id, isRetired])).toEqual([
    [stoves, true],
    [boots, false],
    [tents, false],
  ])
})

test('C1 from its end on it takes no more, and before its beginning not yet: a conversation, a ticket, an interaction', async () => {
  const { people, house } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const ticket = await ticketOf(conversation)
  const later = (ms: number) => new Date(house.clock.now().getTime() + ms).toISOString()
  const set = (what: object, fields: object) => rig.does(people.olga, 'set-fields', { what, ...fields })

  expect(await set({ conversation }, { takesUntil: later(60_000) })).toMatchObject({ ok: true })
  await rig.say(visitor, { conversation }, 'in time')
  house.clock.pass(60_000)
  await expect(rig.say(visitor, { conversation }, 'too late')).rejects.toThrow('conversation-closed')
  await expect(rig.say(people.olga, { interaction }, 'too late')).rejects.toThrow('conversation-closed')
  await set({ conversation }, { takesUntil: null })

  expect(await set({ ticket }, { takesFrom: later(60_000) })).toMatchObject({ ok: true })
  await expect(rig.say(visitor, { conversation }, 'too early')).rejects.toThrow('interaction-closed')
  await expect(rig.say(people.olga, { interaction }, 'too early')).rejects.toThrow('interaction-closed')
  house.clock.pass(60_000)
  await rig.say(visitor, { conversation }, 'now')

  expect(await set({ interaction }, { takesUntil: later(-1) })).toMatchObject({ ok: true })
  await expect(rig.say(people.olga, { interaction }, 'too late')).rejects.toThrow('interaction-closed')
  expect(await set({ interaction }, { takesFrom: later(5), takesUntil: later(1) })).toMatchObject({
    refusal: 'wrong-state',
  })
})

test('C1 its own rules for who answers count for the search: another admission, and only a team', async () => {
  const { people, house } = rig
  const { person: visitor, conversation } = await house.visitor()
  const team = newId()
  await house.rows(
    `insert into team (account_id, team_id, kind, names, position, created_at) values ($1, $2, 'team', '{"en":"Tents"}', 0, now())`,
    [house.account.account, team],
  )
  await house.rows('insert into team_member (account_id, team_id, person_id) values ($1, $2, $3)', [
    house.account.account,
    team,
    people.cleo,
  ])
  const answers = { admission: { kind: 'first' }, teams: [team] }
  const set = (value: unknown) => rig.does(people.sue, 'set-fields', { what: { conversation }, answers: value })
  expect(await set({ teams: [newId()] })).toEqual({ ok: false, refusal: 'no-such-person' })
  expect(await set(answers)).toMatchObject({ ok: true })
  await rig.say(visitor, { conversation }, 'a question about tents')
  const offers = await house.offers(conversation)
  expect(offers.map(({ person }) => person)).toEqual([people.cleo])
  const [offer] = offers
  if (!offer) throw new Error('nobody was asked')
  expect(await house.answer(offer, 'I know tents')).toMatchObject({ outcome: 'admitted' })
  expect(await house.rows('select hunt from ticket where conversation_id = $1', [conversation])).toEqual([
    { hunt: 'found' },
  ])
})

test('C1 who cannot work here, or has no part in it, sets nothing; a place elsewhere is no primary one', async () => {
  const { people, house } = rig
  const { conversation, exchanges, visitor } = await rig.question('olga', 'bo')
  const other = await rig.question('otto')
  const set = (by: typeof people.bo, fields: object, what: object = { conversation }) =>
    rig.does(by, 'set-fields', { what, ...fields })
  expect(await set(people.bo, { name: 'x' })).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await set(visitor, { name: 'x' })).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await set(people.otto, { name: 'x' })).toEqual({ ok: false, refusal: 'not-there' })
  const placeIn = async (interaction: string | undefined) =>
    (
      await house.rows<{ id: string }>(
        `select participant_id as id from participant where interaction_id = $1 and role = 'responder'`,
        [interaction],
      )
    )[0]?.id
  expect(await set(people.olga, { primary: await placeIn(other.exchanges[0]) })).toMatchObject({ refusal: 'not-there' })
  // Bo's exchange is not Olga's to see, and so are the places in it.
  expect(await set(people.olga, { primary: await placeIn(exchanges[1]) })).toMatchObject({ refusal: 'not-there' })
  expect(await set(people.olga, { primary: await placeIn(exchanges[0]) })).toMatchObject({ ok: true })
})

test.each([
  ['a fact that is nested without end', { metadata: { a: JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) } }],
  ['a fact without a name', { metadata: { ' ': 1 } }],
  ['too many facts', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, at])) }],
])('C1 %s: refused as malformed, and changes nothing', async (_, wanted) => {
  const { conversation } = await rig.question('olga')
  const what = { conversation }
  expect(await rig.does(rig.people.olga, 'set-fields', { what, ...wanted })).toMatchObject({
    ok: false,
    refusal: 'malformed-request',
    detail: expect.stringMatching(/./),
  })
  expect(await shown(what)).toMatchObject({ name: null, tags: [], metadata: {} })
})
