import type { PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { searchMessages } from './index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const search = (person: PersonId, query: string, after?: string) =>
  rig.house.node.db.read(rig.house.account.account, (db) =>
    searchMessages(db, { account: rig.house.account.account, person, language: 'en', query, after }),
  )
const texts = async (person: PersonId, query: string) =>
  (await search(person, query))?.hits.map(({ excerpt }) => excerpt.map(({ text }) => text).join(''))

test('everyone finds what they may read themselves, and nothing else (C2, E17)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga', 'otto')
  await rig.say(people.olga, { interaction: exchanges[0] ?? '' }, 'the red parcel')
  await rig.say(people.otto, { interaction: exchanges[1] ?? '' }, 'the blue parcel')
  expect(await texts(visitor, 'PARCEL the')).toEqual(['the blue parcel', 'the red parcel'])
  expect(await texts(people.olga, 'parcel')).toEqual(['the red parcel'])
  expect(await texts(people.otto, 'parcel')).toEqual(['the blue parcel'])
  expect(await texts(people.ada, 'parcel')).toEqual([])
})

test('a hit says where it stands in one’s own numbers, and by whom', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  await rig.say(people.olga, { interaction: exchanges[0] ?? '' }, 'the red parcel')
  const found = await search(visitor, 'red')
  expect(found?.hits).toMatchObject([{ interaction: exchanges[0], n: 2, by: 'alias of olga' }])
  expect(found?.hits[0]?.excerpt).toContainEqual({ text: 'red', hit: true })
})

test('what is said to several is found once; many hits come in pages', async () => {
  const { visitor, conversation } = await rig.question('olga', 'otto')
  for (let n = 0; n < 35; n++) await rig.say(visitor, { conversation }, `number ${n} of many`)
  const first = await search(visitor, 'many')
  expect(first?.hits).toHaveLength(30)
  const second = await search(visitor, 'many', first?.next ?? '')
  expect(second).toMatchObject({ hits: { length: 5 }, next: null })
  const all = [...(first?.hits ?? []), ...(second?.hits ?? [])].map(({ message }) => message)
  expect(new Set(all).size).toBe(35)
  expect(await search(visitor, 'many', 'not-a-cursor')).toBeNull()
})

test('signs that mean something to the database are looked for as they stand', async () => {
  const { visitor, conversation } = await rig.question('olga')
  await rig.say(visitor, { conversation }, 'it is 100% sure')
  await rig.say(visitor, { conversation }, 'it is 1000 sure')
  expect(await texts(visitor, '100%')).toEqual(['it is 100% sure'])
  expect(await texts(visitor, "100_ ' \\")).toEqual([])
})

test('what is sealed is not looked through', async () => {
  const { visitor, conversation } = await rig.question('olga')
  await rig.say(visitor, { conversation }, 'the red parcel')
  await rig.house.rows(`update message set encryption = 'sealed' where body = 'the red parcel'`)
  expect(await texts(visitor, 'parcel')).toEqual([])
})
