import { newId, type OperationId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

test('what is closed takes no more and is read as before; reopened, it goes on (C1)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const before = await rig.sees(visitor)
  expect(await rig.does(people.olga, 'close', { what: { interaction: exchange } })).toMatchObject({
    ok: true,
    result: { interaction: exchange, undoable: true },
  })
  expect((await rig.sees(visitor)).texts).toEqual(before.texts)
  await expect(rig.say(visitor, { interaction: exchange }, 'too late')).rejects.toThrow('interaction-closed')
  expect(await rig.does(people.olga, 'close', { what: { interaction: exchange } })).toMatchObject({
    refusal: 'wrong-state',
  })
  expect(await rig.does(people.olga, 'reopen', { what: { interaction: exchange } })).toMatchObject({ ok: true })
  await rig.say(visitor, { interaction: exchange }, 'in time')
})

test('nobody is asked any more about a ticket that was closed', async () => {
  const { people, house } = rig
  const { exchanges } = await rig.question('olga')
  const [row] = await house.rows<{ ticket: string }>(
    'select ticket_id as ticket from interaction where interaction_id = $1',
    [exchanges[0]],
  )
  const open = () => house.rows("select 1 from offer where state = 'open'")
  expect(await open()).not.toEqual([])
  expect(await rig.does(people.olga, 'close', { what: { ticket: row?.ticket } })).toMatchObject({ ok: true })
  expect(await open()).toEqual([])
})

test.each(['reopen', 'undo'] as const)(
  'for who is not answered yet people are looked for again after %s',
  async (again) => {
    const { people, house } = rig
    await rig.question()
    const open = () => house.rows("select person_id from offer where state = 'open' order by person_id")
    const before = await open()
    const [row] = await house.rows<{ ticket: string }>('select ticket_id as ticket from ticket')
    const what = { ticket: row?.ticket }
    const closed = await rig.does(people.sue, 'close', { what })
    if (!closed.ok) throw new Error(closed.refusal)
    expect(await open()).toEqual([])
    const { operation } = closed.result
    const input = again === 'undo' ? { operation } : { what }
    expect(await rig.does(people.sue, again, input)).toMatchObject({ ok: true })
    expect(before).not.toEqual([])
    expect(await open()).toEqual(before)
    expect(await house.rows('select hunt from ticket')).toEqual([{ hunt: 'looking' }])
  },
)

test('who has no part in it, and who names what never was, get the same answer', async () => {
  const { people } = rig
  const { exchanges } = await rig.question('olga')
  const foreign = await rig.does(people.otto, 'close', { what: { interaction: exchanges[0] } })
  const nothing = await rig.does(people.otto, 'close', { what: { interaction: newId() } })
  expect(foreign).toEqual({ ok: false, refusal: 'not-there' })
  expect(nothing).toEqual(foreign)
})

test('the same request twice is done once and answered alike; somebody else’s id tells nothing', async () => {
  const { people } = rig
  const { exchanges } = await rig.question('olga')
  const id = newId<OperationId>()
  const what = { interaction: exchanges[0] }
  const first = await rig.does(people.olga, 'close', { what }, id)
  expect(await rig.does(people.olga, 'close', { what }, id)).toEqual({ ...first, repeated: true })
  expect(await rig.does(people.sue, 'close', { what }, id)).toEqual({ ok: false, refusal: 'not-there' })
})

test('an input that is none is refused with the place where it goes wrong', async () => {
  expect(await rig.does(rig.people.olga, 'close', { what: {} })).toMatchObject({
    refusal: 'malformed-request',
    detail: expect.stringContaining('what'),
  })
})

test('an answer to a question whose exchange is closed, or whose time is over, is kept for its author, who is told', async () => {
  const { house, people } = rig
  const { visitor, conversation, exchanges } = await rig.question('bo')
  const offers = await house.offers(conversation)
  const offerTo = (name: 'bo' | 'cleo') => {
    const found = offers.find(({ person }) => person === people[name])
    if (!found) throw new Error(`${name} was not asked`)
    return found
  }
  const over = { outcome: 'not-admitted', because: 'ticket-closed' }
  expect(await rig.does(people.sue, 'close', { what: { interaction: exchanges[0] } })).toMatchObject({ ok: true })
  expect(await house.answer(offerTo('bo'), 'after the end')).toMatchObject(over)
  const [ticket] = await house.rows<{ id: string }>('select ticket_id as id from ticket')
  const takesUntil = new Date(house.clock.now().getTime() - 1000).toISOString()
  const what = { ticket: ticket?.id }
  expect(await rig.does(people.sue, 'set-fields', { what, takesUntil })).toMatchObject({ ok: true })
  expect(await house.answer(offerTo('cleo'), 'too late')).toMatchObject(over)
  const reads = async (person: PersonId) => Object.values((await rig.sees(person)).texts).flat()
  expect(await reads(people.bo)).toContain('after the end')
  expect(await reads(people.cleo)).toEqual(['too late'])
  expect(await reads(visitor)).not.toContain('after the end')
})
