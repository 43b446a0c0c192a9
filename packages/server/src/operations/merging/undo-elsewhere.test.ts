import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

/** Two conversations, the second merged into the first: `apart` undoes that. */
async function aMerge() {
  const { olga, sue } = rig.people
  const a = await rig.question('olga')
  const b = await rig.question('olga')
  const input = { into: { conversation: a.conversation }, from: { conversation: b.conversation } }
  const merge = async () => {
    const merged = await rig.does(olga, 'merge', input)
    if (!merged.ok) throw new Error(merged.refusal)
    return async () => {
      expect(await rig.does(sue, 'undo', { operation: merged.result.operation })).toMatchObject({ ok: true })
    }
  }
  const [exchange = ''] = b.exchanges
  return { b, exchange, merge }
}

test('what was done in a merged conversation can be undone where it went back to (C4)', async () => {
  const { ada, sue } = rig.people
  const { exchange, merge } = await aMerge()
  const apart = await merge()
  const observed = await rig.does(ada, 'observe', { interaction: exchange, history: 'all' })
  if (!observed.ok) throw new Error(observed.refusal)
  await apart()
  const texts = async () => (await rig.sees(ada)).texts[exchange]
  expect(await texts()).toEqual(['answer of olga'])
  expect(await rig.does(sue, 'undo', { operation: observed.result.operation })).toMatchObject({ ok: true })
  expect(await texts()).toBeUndefined()
  expect(await rig.house.rows('select 1 from participant where person_id = $1 and left_at is null', [ada])).toEqual([])
})

test('what was changed again while it was merged has to be undone first, also where it went back to (C4)', async () => {
  const { olga, sue } = rig.people
  const { b, exchange, merge } = await aMerge()
  const named = async (name: string) => {
    const done = await rig.does(sue, 'set-fields', { what: { interaction: exchange }, name })
    if (!done.ok) throw new Error(done.refusal)
    return done.result.operation
  }
  const first = await named('first')
  const apart = await merge()
  const second = await named('second')
  await apart()
  const undo = (operation: string) => rig.does(sue, 'undo', { operation })
  expect(await undo(first)).toEqual({ ok: false, refusal: 'built-on' })
  expect(await undo(second)).toMatchObject({ ok: true })
  expect(await undo(first)).toMatchObject({ ok: true })
  const { views } = await rig.sees(olga)
  const shown = views.find(({ id }) => id === b.conversation)?.interactions.find(({ id }) => id === exchange)
  expect(shown?.name ?? null).toBeNull()
})

test('what was done with a conversation that is erased is there no more to be undone', async () => {
  const { ada, olga, sue } = rig.people
  const a = await rig.question('olga')
  const b = await rig.question('olga')
  const [from = ''] = a.exchanges
  const [to = ''] = b.exchanges
  const [said] = await rig.messages(olga, from)
  const copied = await rig.does(olga, 'copy', { messages: [said?.id], from, to })
  if (!copied.ok) throw new Error(copied.refusal)
  expect(await rig.does(ada, 'erase', { conversation: a.conversation })).toMatchObject({ ok: true })
  const gone = { ok: false, refusal: 'not-there' }
  expect(await rig.does(olga, 'undo', { operation: copied.result.operation })).toEqual(gone)
  expect(await rig.does(sue, 'undo', { operation: copied.result.operation })).toEqual(gone)
})

test('C4 where nobody answers any more once somebody’s coming was undone, the next are found', async () => {
  const { people, house } = rig
  const { exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const asked = () => house.rows("select 1 from offer where state = 'open'")
  const added = await rig.does(people.olga, 'add', { interaction, people: [people.otto] })
  if (!added.ok) throw new Error(added.refusal)
  expect(await rig.does(people.olga, 'leave', { interaction })).toMatchObject({ ok: true })
  await house.rows("update offer set state = 'withdrawn' where state = 'open'")
  expect(await rig.does(people.sue, 'undo', { operation: added.result.operation })).toMatchObject({ ok: true })
  expect(await asked()).not.toEqual([])
})

test('C4 who has left the account comes back by no undoing, and the next are found', async () => {
  const { people, house } = rig
  const { exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const left = await rig.does(people.olga, 'leave', { interaction })
  if (!left.ok) throw new Error(left.refusal)
  await house.rows("update responder set state = 'left' where person_id = $1", [people.olga])
  await house.rows("update offer set state = 'withdrawn' where state = 'open'")
  expect(await rig.does(people.sue, 'undo', { operation: left.result.operation })).toMatchObject({ ok: true })
  expect(
    await house.rows('select left_at is null as here from participant where person_id = $1', [people.olga]),
  ).toEqual([{ here: false }])
  expect(await house.rows('select 1 from span where person_id = $1 and to_position is null', [people.olga])).toEqual([])
  expect(await house.rows("select 1 from offer where state = 'open'")).not.toEqual([])
})
