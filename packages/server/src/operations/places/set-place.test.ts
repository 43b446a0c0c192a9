import type { InteractionId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({ circle: 'shared' })
})
afterEach(() => rig.close())

/** Somebody's place in the exchange that all share. */
const placeOf = async (person: string, interaction: string | undefined) =>
  (
    await rig.house.rows<{ id: string }>(
      'select participant_id as id from participant where person_id = $1 and interaction_id = $2',
      [person, interaction],
    )
  )[0]?.id ?? ''

test('C1 one is called as one chooses, but by no name that tells who somebody is, and by nobody else’s alias there', async () => {
  const { people, house } = rig
  const { visitor, exchanges } = await rig.question('olga', 'bo')
  await house.rows(`update person set name = 'Robert Tables' where person_id = $1`, [people.bo])
  const participant = await placeOf(people.olga, exchanges[0])
  const call = (alias: string) => rig.does(people.olga, 'set-place', { participant, alias })
  expect(await call('Juniper')).toMatchObject({ ok: true, result: { participant, undoable: true } })
  const [view] = (await rig.sees(visitor)).views
  const names = view?.interactions.flatMap(({ participants }) => participants.map(({ alias }) => alias))
  expect(names).toContain('Juniper')
  for (const alias of ['robert  TABLES', 'bo@people.test', 'olga', 'write to me@shop.test']) {
    expect(await call(alias)).toEqual({ ok: false, refusal: 'alias-identifies' })
  }
  expect(await call('Alias of  bo')).toEqual({ ok: false, refusal: 'alias-taken' })
  expect(await call('\u0000')).toMatchObject({ refusal: 'malformed-request' })
})

test('C1 C5 nobody takes the name of somebody in another exchange, nor the address of one there as a face; of whom one does not see nothing is told', async () => {
  await rig.close()
  rig = await openOperationRig()
  const { people, house } = rig
  const { exchanges } = await rig.question('olga', 'otto')
  await house.rows(`update person set name = 'Robert Tables' where person_id = $1`, [people.otto])
  const participant = await placeOf(people.olga, exchanges[0])
  // Sue watches over both; Olga knows nothing of Otto, and is not told by a refusal either.
  expect(await rig.does(people.sue, 'set-place', { participant, alias: 'Alias of OTTO' })).toMatchObject({
    refusal: 'alias-taken',
  })
  for (const face of ['robert tables', 'sales@shop.test']) {
    expect(await rig.does(people.sue, 'set-place', { participant, face })).toMatchObject({
      refusal: 'alias-identifies',
    })
  }
  for (const alias of ['Robert Tables', 'alias of otto']) {
    expect(await rig.does(people.olga, 'set-place', { participant, alias })).toMatchObject({ ok: true })
  }
})

test('C1 what others are called, and who manages, is for those who manage there; a place one may not see is not there', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga', 'bo')
  const participant = await placeOf(people.bo, exchanges[0])
  expect(await rig.does(people.olga, 'set-place', { participant, alias: 'Pine' })).toMatchObject({
    refusal: 'not-allowed',
  })
  expect(await rig.does(people.bo, 'set-place', { participant, manages: true })).toMatchObject({
    refusal: 'not-allowed',
  })
  expect(await rig.does(visitor, 'set-place', { participant, alias: 'Pine' })).toMatchObject({ refusal: 'not-allowed' })
  expect(await rig.does(people.otto, 'set-place', { participant, alias: 'Pine' })).toMatchObject({
    refusal: 'not-there',
  })
  expect(await rig.does(people.sue, 'set-place', { participant, manages: true, alias: 'Pine' })).toMatchObject({
    ok: true,
  })
  const managing = async (person: string) =>
    (await rig.sees(person as never)).views.flatMap(({ interactions }) =>
      interactions.flatMap(({ participants }) => participants.flatMap(({ id, manages }) => (manages ? id : []))),
    )
  expect(await managing(people.bo)).toEqual([participant])
  expect([await managing(people.olga), await managing(visitor)]).toEqual([[], []])
  const olgas = await placeOf(people.olga, exchanges[0])
  expect(await rig.does(people.bo, 'set-place', { participant: olgas, alias: 'Fir' })).toMatchObject({ ok: true })
})

test('C1 who becomes an observer keeps what was read, writes no more, and has gone for the others, to whom their words stay theirs (E6, law 8)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga', 'bo')
  const [interaction = ''] = exchanges
  const participant = await placeOf(people.olga, interaction)
  const before = (await rig.sees(people.olga)).texts[interaction]
  expect(await rig.does(people.sue, 'set-place', { participant, role: 'observer' })).toMatchObject({ ok: true })
  await expect(rig.say(people.olga, { interaction }, 'as before')).rejects.toThrow('not-allowed')
  await rig.say(visitor, { interaction }, 'still here?')
  expect((await rig.sees(people.olga)).texts[interaction]).toEqual([...(before ?? []), 'still here?'])
  const bos = await placeOf(people.bo, interaction)
  expect(await rig.does(people.sue, 'set-place', { participant: bos, manages: true })).toMatchObject({ ok: true })
  for (const person of [visitor, people.bo]) {
    const shown = (await rig.sees(person)).views
      .flatMap((view) => view.interactions)
      .find(({ id }) => id === interaction)
    const theirs = shown?.participants.find(({ id }) => id === participant)
    expect(theirs).toMatchObject({ role: 'responder', state: 'left', alias: 'alias of olga', delivered: 0, read: 0 })
    const words = (await rig.messages(person, interaction as InteractionId)).find(
      ({ text }) => text === 'answer of olga',
    )
    expect(words?.from).toBe(participant)
  }
  // As of anybody who has gone.
  for (const [name, input] of [
    ['remove', { participant }],
    ['set-place', { participant, alias: 'Fir' }],
  ] as const) {
    expect(await rig.does(people.bo, name, input)).toEqual({ ok: false, refusal: 'wrong-state' })
  }
  expect(await rig.does(people.sue, 'set-place', { participant, role: 'responder' })).toMatchObject({ ok: true })
  await rig.say(people.olga, { interaction }, 'back again')
})

test('C1 where the only one who answers becomes an observer, the next are found; undone, nobody is asked any more', async () => {
  const { people, house } = rig
  const { exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const huntIs = async () => (await house.rows<{ hunt: string }>('select hunt from ticket'))[0]?.hunt
  const asked = () => house.rows("select 1 from offer where state = 'open'")
  await house.rows("update offer set state = 'withdrawn' where state = 'open'")
  const participant = await placeOf(people.olga, interaction)
  const done = await rig.does(people.sue, 'set-place', { participant, role: 'observer' })
  if (!done.ok) throw new Error(done.refusal)
  expect(await huntIs()).toBe('looking')
  expect(await asked()).not.toEqual([])
  expect(await rig.does(people.sue, 'undo', { operation: done.result.operation })).toMatchObject({ ok: true })
  expect(await huntIs()).toBe('found')
  expect(await asked()).toEqual([])
})
