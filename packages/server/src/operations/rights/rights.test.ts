import { type ConversationId, type InteractionId, newId, type PersonId } from '@parley/model'
import { mayRead } from '@parley/rules'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { loadStructures } from '../../road/index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const texts = async (person: PersonId, interaction = '') => (await rig.sees(person)).texts[interaction]

test('who is given a part reads that part, counted as its giver counts it, and what is taken back is gone (C2)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  for (const text of ['two', 'three', 'four']) await rig.say(visitor, { interaction }, text)
  expect(await rig.does(people.sue, 'grant', { interaction, person: people.otto, from: 2, to: 3 })).toMatchObject({
    ok: true,
    result: { interaction, rights: [expect.any(String)] },
  })
  expect(await texts(people.otto, interaction)).toEqual(['two', 'three'])
  await rig.say(visitor, { interaction }, 'five')
  expect(await texts(people.otto, interaction)).toEqual(['two', 'three'])
  expect(await rig.does(people.sue, 'revoke', { interaction, person: people.otto })).toMatchObject({ ok: true })
  expect((await rig.sees(people.otto)).views).toEqual([])
})

test('given from now on, only what comes after is read; given from the first, everything (C2)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  await rig.does(people.sue, 'grant', { interaction, person: people.otto })
  await rig.does(people.sue, 'grant', { interaction, person: people.cleo, history: 'all' })
  await rig.say(visitor, { interaction }, 'later')
  expect(await texts(people.otto, interaction)).toEqual(['later'])
  expect(await texts(people.cleo, interaction)).toEqual(['answer of olga', 'later'])
})

test('nobody gives more than they read, but supervisors and administrators (C2)', async () => {
  const { people, house } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  await rig.say(visitor, { interaction }, 'two')
  await rig.does(people.sue, 'grant', { interaction, person: people.otto, from: 2 })
  // Otto was made to manage what he reads only from its second message on.
  await house.rows('update participant set manages = true where interaction_id = $1 and person_id = $2', [
    interaction,
    people.olga,
  ])
  await house.rows('update span set from_position = 2 where interaction_id = $1 and person_id = $2', [
    interaction,
    people.olga,
  ])
  await house.rows('update conversation set structure = structure + 1')
  await rig.say(visitor, { interaction }, 'three')
  expect(await rig.does(people.olga, 'grant', { interaction, person: people.cleo, history: 'all' })).toMatchObject({
    ok: true,
  })
  expect(await texts(people.cleo, interaction)).toEqual(['two', 'three'])
  expect(await rig.does(people.ada, 'grant', { interaction, person: people.cleo, from: 1, to: 1 })).toMatchObject({
    ok: true,
  })
  expect(await texts(people.cleo, interaction)).toEqual(['answer of olga', 'two', 'three'])
})

test('who may not give is refused; the same of who sees nothing, of another account and of what never was', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const person = people.cleo
  const notThere = { ok: false, refusal: 'not-there' }
  expect(await rig.does(visitor, 'grant', { interaction, person })).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(people.olga, 'grant', { interaction, person })).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(people.otto, 'grant', { interaction, person })).toEqual(notThere)
  expect(await rig.does(people.otto, 'revoke', { interaction, person })).toEqual(notThere)
  expect(await rig.does(people.sue, 'grant', { interaction: newId(), person })).toEqual(notThere)
  expect(await rig.does(people.sue, 'grant', { interaction, person: newId() })).toEqual({
    ok: false,
    refusal: 'no-such-person',
  })
  expect(await rig.does(people.sue, 'revoke', { interaction, person: people.olga })).toEqual({
    ok: false,
    refusal: 'wrong-state',
  })
  await rig.does(people.sue, 'grant', { interaction, person })
  expect(await rig.does(people.sue, 'grant', { interaction, person })).toEqual({ ok: false, refusal: 'wrong-state' })
  expect(await rig.does(people.sue, 'grant', { interaction, person, from: 3, to: 2 })).toMatchObject({
    refusal: 'malformed-request',
  })
})

test('who asks lets those who answer see each other from then on, whoever comes later too, and ends it (A13)', async () => {
  const { people, house } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga', 'otto')
  const [olgas = '', ottos = ''] = exchanges
  expect(await texts(people.olga, ottos)).toBeUndefined()
  expect((await rig.sees(visitor)).views[0]?.letsSee).toBe(false)
  expect(await rig.does(visitor, 'let-see', { conversation, on: true })).toMatchObject({ ok: true })
  expect((await rig.sees(visitor)).views[0]?.letsSee).toBe(true)
  expect((await rig.sees(people.olga)).views[0]?.letsSee).toBeUndefined()
  await rig.say(people.otto, { interaction: ottos }, 'mine costs 100')
  expect(await texts(people.olga, ottos)).toEqual(['mine costs 100'])
  expect(await texts(people.otto, olgas)).toEqual([])
  const offer = (await house.offers(conversation as ConversationId)).find(({ person }) => person === people.cleo)
  if (!offer) throw new Error('cleo was not asked')
  const answered = await house.answer(offer, 'mine 90', { desk: true })
  const cleos = answered.outcome === 'admitted' ? answered.interaction : ''
  expect(await texts(people.olga, cleos)).toEqual(['mine 90'])
  await rig.say(people.olga, { interaction: olgas }, 'mine 80')
  expect(await texts(people.cleo, olgas)).toEqual(['mine 80'])
  expect(await rig.does(visitor, 'let-see', { conversation, on: false })).toMatchObject({ ok: true })
  await rig.say(people.olga, { interaction: olgas }, 'mine 70')
  expect(await texts(people.cleo, olgas)).toEqual(['mine 80'])
  expect(await texts(people.olga, cleos)).toEqual(['mine 90'])
})

test('with the history, they read each other from the first message on (A13)', async () => {
  const { people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga', 'otto')
  await rig.does(visitor, 'let-see', { conversation, on: true, history: 'all' })
  expect(await texts(people.olga, exchanges[1])).toEqual(['answer of otto'])
})

test('only who asks, or an administrator, lets them see each other; and once', async () => {
  const { people } = rig
  const { visitor, conversation } = await rig.question('olga')
  const other = await rig.question('otto')
  const on = { conversation, on: true }
  expect(await rig.does(people.olga, 'let-see', on)).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(people.sue, 'let-see', on)).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(other.visitor, 'let-see', on)).toEqual({ ok: false, refusal: 'not-there' })
  expect(await rig.does(visitor, 'let-see', { ...on, conversation: newId() })).toEqual({
    ok: false,
    refusal: 'not-there',
  })
  expect(await rig.does(visitor, 'let-see', { ...on, on: false })).toEqual({ ok: false, refusal: 'wrong-state' })
  expect(await rig.does(people.ada, 'let-see', on)).toMatchObject({ ok: true })
  expect(await rig.does(visitor, 'let-see', on)).toEqual({ ok: false, refusal: 'wrong-state' })
})

test('who is in a place that writes reads what the union of their rights covers, and nothing else', async () => {
  const { people, house } = rig
  const { conversation, exchanges } = await rig.question('olga')
  await rig.does(people.sue, 'grant', { interaction: exchanges[0], person: people.otto })
  const { account } = house.account
  const [structure] = [
    ...(
      await house.node.db.read(account, (db) => loadStructures(db, account, [conversation as ConversationId]))
    ).values(),
  ]
  expect(mayRead(structure?.spans.get(people.otto) ?? [], exchanges[0] as InteractionId)).toEqual([
    { from: 2, to: null },
  ])
})
