import { type InteractionId, newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { roleOf } from '../people/index.ts'
import { readWhoMayRead } from './index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({ circle: 'shared' })
})
afterEach(() => rig.close())

const look = (person: PersonId, interaction = '') => {
  const { node, account } = rig.house
  return node.db.read(account.account, async (db) =>
    readWhoMayRead(
      db,
      { account: account.account, person, role: await roleOf(db, account.account, person), language: 'en' },
      interaction as InteractionId,
    ),
  )
}
const readers = async (person: PersonId, interaction = '') => {
  const read = await look(person, interaction)
  if (!read.ok) throw new Error(read.refusal)
  return read.readers
}
const placeOf = async (person: PersonId, interaction = '') =>
  (
    await rig.house.rows<{ id: string }>(
      'select participant_id as id from participant where person_id = $1 and interaction_id = $2',
      [person, interaction],
    )
  )[0]?.id

test('C2 who watches is told of everybody who may read an interaction: why, what part, by whom; also of those without a place', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  for (const text of ['two', 'three', 'four']) await rig.say(visitor, { interaction }, text)
  await rig.does(people.sue, 'grant', { interaction, person: people.otto, from: 2, to: 3 })
  await rig.does(people.ada, 'observe', { interaction })
  const all = await readers(people.sue, interaction)
  expect(all.map(({ person, alias, isHere, mayTakeBack }) => [person, alias, isHere, mayTakeBack])).toEqual([
    [visitor, expect.stringMatching(/./), true, false],
    [people.ada, 'alias of ada', true, true],
    [people.olga, 'alias of olga', true, false],
    [people.otto, 'alias of otto', false, true],
  ])
  expect(all.map(({ rights }) => rights.map(({ basis, from, to, by }) => [basis, from, to, by]))).toEqual([
    [['member', 1, null, null]],
    [['observer', 5, null, 'alias of ada']],
    [['member', 1, null, null]],
    [['grant', 2, 3, 'alias of sue']],
  ])
  const [given] = all[3]?.rights ?? []
  expect(Date.parse(given?.since ?? '')).toBeGreaterThan(0)
  await rig.does(people.sue, 'revoke', { interaction, person: people.otto })
  expect((await readers(people.sue, interaction)).map(({ person }) => person)).not.toContain(people.otto)
})

test('C2 who only manages is told of those in it and of what they gave, in their own numbers, and of nobody who watches', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga', 'bo')
  const [interaction = ''] = exchanges
  await rig.say(visitor, { interaction }, 'two')
  const participant = await placeOf(people.bo, interaction)
  await rig.does(people.sue, 'set-place', { participant, manages: true })
  // Bo came to the second of what was said.
  await rig.house.rows('update span set from_position = 2 where person_id = $1 and interaction_id = $2', [
    people.bo,
    interaction,
  ])
  await rig.house.rows('update conversation set structure = structure + 1')
  await rig.does(people.ada, 'observe', { interaction })
  await rig.does(people.ada, 'grant', { interaction, person: people.otto, history: 'all' })
  await rig.does(people.bo, 'grant', { interaction, person: people.cleo, from: 1, to: 1 })
  const all = await readers(people.bo, interaction)
  expect(all.map(({ person, alias, you }) => [person, alias, you])).toEqual([
    [null, expect.stringMatching(/./), false],
    [null, 'alias of bo', true],
    [null, 'alias of olga', false],
    [people.cleo, 'alias of cleo', false],
  ])
  expect(all.at(-1)).toMatchObject({ mayTakeBack: true, rights: [{ from: 1, to: 1, by: 'alias of bo' }] })
  expect(all.map(({ rights }) => rights[0]?.from)).toEqual([1, 1, 1, 1])
  expect((await rig.messages(people.cleo, interaction)).map(({ text }) => text)).toEqual([
    (await rig.messages(people.bo, interaction))[0]?.text,
  ])
})

test('C2 to others the list is refused, and where they read nothing it is not there, as if there were no such thing', async () => {
  const { people } = rig
  const { exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  expect(await look(people.olga, interaction)).toEqual({ ok: false, refusal: 'not-allowed' })
  const notThere = { ok: false, refusal: 'not-there' }
  expect(await look(people.otto, newId())).toEqual(notThere)
  expect(await look(people.otto, interaction)).toEqual(notThere)
  // A space of one's own is nobody's to look into.
  const opened = await rig.does(people.olga, 'open-own-space', { name: 'mine' })
  const own = opened.ok ? opened.result.interaction : undefined
  expect((await readers(people.olga, own)).map(({ you }) => you)).toEqual([true])
  expect(await look(people.ada, own)).toEqual(notThere)
})
