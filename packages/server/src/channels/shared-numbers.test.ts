import { seeded, waitFor } from '@parley/dev-env'
import { type AddressId, newId } from '@parley/model'
import { addressKey } from '@parley/rules'
import { afterEach, expect, test } from 'vitest'
import { LinesChannel } from '../lines-channel.fixture.ts'
import { openOperationRig } from '../operation-rig.fixture.ts'
import { anOwnAddress, everythingSaid, noticesTo, reachedOver, takesOver } from '../receive-rig.fixture.ts'
import { aResponder, type House, openHouse, startOutbox } from '../test-house.fixture.ts'

const ours = '+4759440001'
const bo = '+4740612345'

let house: House
afterEach(() => house.close())

/** Bo has the questions of some visitors on one number of ours. */
async function boIsAsked(questions: readonly string[]) {
  house = await openHouse({ responders: [aResponder('bo')], policy: { admission: { kind: 'any' } } })
  await anOwnAddress(house, 'sms', ours, 'pool')
  await reachedOver(house, 'sms', [bo])
  const visitors: Awaited<ReturnType<House['visitor']>>[] = []
  for (const question of questions) {
    const visitor = await house.visitor()
    await house.node.road.say(house.say(visitor.person, visitor, question))
    visitors.push(visitor)
  }
  const rows = await house.rows<{ tag: string; conversation_id: string }>(
    'select tag, conversation_id from relay_address where own_address_id is not null order by relay_id',
  )
  const tagOf = (index: number) => {
    const row = rows.find(({ conversation_id }) => conversation_id === visitors[index]?.conversation)
    if (!row) throw new Error('no tag was given')
    return row.tag
  }
  const answers = async () =>
    (await everythingSaid(house))
      .filter(({ by }) => by === 'responder')
      .map(({ conversation, text }) => [visitors.findIndex((one) => one.conversation === conversation), text])
  const says = (text: string, more = {}) => takesOver(house, 'sms', { from: bo, to: ours, text, ...more })
  return { visitors, tagOf, answers, says }
}

test('A8 with one question on a number, an answer goes there, without anything in front of it', async () => {
  const { answers, says } = await boIsAsked(['Are you open?'])
  expect(await says('Yes')).toMatchObject({ outcome: 'accepted' })
  expect(await says('10 to 16')).toMatchObject({ outcome: 'accepted' })
  expect(await answers()).toEqual([
    [0, 'Yes'],
    [0, '10 to 16'],
  ])
})

test('A8 with several, the tag in front chooses, and is cut from what was said', async () => {
  const { tagOf, answers, says } = await boIsAsked(['Are you open?', 'Do you rent kayaks?', 'Is there a ferry?'])
  await says(`${tagOf(1)} Yes, we do`)
  await says(`${tagOf(0).toLowerCase()}: 10 to 16`)
  await says(`[${tagOf(2)}] No`)
  await says(`${tagOf(1)} Two seats or one?`)
  expect(await answers()).toEqual([
    [1, 'Yes, we do'],
    [0, '10 to 16'],
    [2, 'No'],
    [1, 'Two seats or one?'],
  ])
  expect(await noticesTo(house)).toEqual([])
})

test('A8 without a tag it is asked which of them, over the same number, and the tag alone sends on what was kept', async () => {
  const { tagOf, answers, says } = await boIsAsked(['Are you open?', 'Do you rent kayaks?'])
  expect(await says('Yes')).toEqual({ outcome: 'held' })
  expect(await says('From 10')).toEqual({ outcome: 'held' })
  expect(await answers()).toEqual([])
  const asked = await noticesTo(house)
  expect(asked).toMatchObject([{ template: 'which-one', relay_id: null }])
  expect(asked[0]?.own_address_id).not.toBeNull()
  expect(asked[0]?.list.split('\n').sort()).toEqual(
    [`${tagOf(0)}: “Are you open?”`, `${tagOf(1)}: “Do you rent kayaks?”`].sort(),
  )
  // The words are those of others, and are read when it is sent.
  expect(JSON.stringify(asked[0]?.params)).not.toContain('kayaks')
  expect(await says(tagOf(0))).toEqual({ outcome: 'noted', because: 'released' })
  expect(await answers()).toEqual([
    [0, 'Yes'],
    [0, 'From 10'],
  ])
  expect(await house.rows('select distinct state from held_item')).toEqual([{ state: 'released' }])
  // Nothing waits any more.
  await says(tagOf(0))
  expect((await noticesTo(house)).at(-1)).toMatchObject({ template: 'which-nothing', params: { tag: tagOf(0) } })
})

test('A8 what was kept goes to everyone in the conversation where that is the answer', async () => {
  const rig = await openOperationRig()
  house = rig.house
  const { olga, otto } = rig.people
  const { visitor, exchanges } = await rig.question('olga', 'otto')
  await anOwnAddress(house, 'sms', ours, 'pool')
  const phone = newId<AddressId>()
  await house.rows(
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, created_at)
     values ($1, $2, $3, 'sms', $4, $5, 0, 'proven', now())`,
    [house.account.account, phone, visitor, bo, addressKey('sms', bo)],
  )
  await house.rows(`update participant set medium = 'sms', address_id = $1 where person_id = $2`, [phone, visitor])
  await house.rows('update conversation set structure = structure + 1')
  await rig.say(olga, { interaction: exchanges[0] ?? '' }, 'From me')
  await rig.say(otto, { interaction: exchanges[1] ?? '' }, 'And from me')
  const says = (text: string) => takesOver(house, 'sms', { from: bo, to: ours, text })
  expect(await says('Thank you both')).toEqual({ outcome: 'held' })
  expect(await says('ALL')).toEqual({ outcome: 'noted', because: 'released' })
  for (const [person, interaction] of [
    [olga, exchanges[0]],
    [otto, exchanges[1]],
  ] as const) {
    expect((await rig.messages(person, interaction ?? '')).at(-1)?.text).toBe('Thank you both')
  }
})

test('A8 a tag mistyped by one character is asked about and never guessed, a bounded number of times', async () => {
  const { tagOf, answers, says } = await boIsAsked(['Are you open?', 'Do you rent kayaks?'])
  const wrong = `${tagOf(0).charAt(0)}${tagOf(0).charAt(1) === '9' ? '8' : '9'}`
  expect(await says(`${wrong} Yes`)).toEqual({ outcome: 'held' })
  expect(await noticesTo(house)).toMatchObject([{ template: 'which-one-again' }])
  for (let times = 0; times < 20; times++) {
    expect(await says(wrong)).toEqual({ outcome: 'noted', because: 'which-one' })
  }
  expect((await noticesTo(house)).length).toBeLessThan(8)
  await says(tagOf(0))
  // Nor does it stand in front of what is passed on.
  expect(await answers()).toEqual([[0, 'Yes']])
})

test('A8 the same text twice is kept once, and said once', async () => {
  const { tagOf, answers, says } = await boIsAsked(['Are you open?', 'Do you rent kayaks?'])
  expect(await says('Yes', { externalId: 'one' })).toEqual({ outcome: 'held' })
  expect(await says('Yes', { externalId: 'one' })).toEqual({ outcome: 'duplicate' })
  await says(tagOf(0))
  expect(await says('Yes', { externalId: 'one' })).toEqual({ outcome: 'duplicate' })
  expect(await answers()).toEqual([[0, 'Yes']])
})

test('A8 an answer to a question that somebody else has taken is not taken for one to another question', async () => {
  const { visitors, tagOf, answers, says } = await boIsAsked(['Are you open?', 'Do you rent kayaks?'])
  await house.rows(`update offer set state = 'withdrawn', updated_at = $1 where conversation_id = $2`, [
    house.clock.now(),
    visitors[0]?.conversation,
  ])
  expect(await says('Yes')).toEqual({ outcome: 'held' })
  expect(await says(`${tagOf(1)} Yes`)).toMatchObject({ outcome: 'accepted' })
  // A day later nobody means it any more.
  house.clock.pass(25 * 3_600_000)
  expect(await says('Two seats')).toMatchObject({ outcome: 'accepted' })
  expect(await answers()).toEqual([
    [1, 'Yes'],
    [1, 'Two seats'],
  ])
})

test('A8 a reply after the conversation has closed is told so, kindly, and reaches nobody', async () => {
  const { visitors, answers, says } = await boIsAsked(['Are you open?'])
  await says('Yes')
  await house.rows(`update conversation set state = 'closed', ends_at = $1, structure = structure + 1`, [
    house.clock.now(),
  ])
  expect(await says('Still there?')).toEqual({ outcome: 'noted', because: 'conversation-closed' })
  expect(await answers()).toEqual([[0, 'Yes']])
  expect(await noticesTo(house)).toMatchObject([{ template: 'conversation-closed' }])
  expect(visitors).toHaveLength(1)
})

test('A8 whoever was never written to from a number is nobody there', async () => {
  const { answers } = await boIsAsked(['Are you open?'])
  const stranger = await takesOver(house, 'sms', { from: '+4740612399', to: ours, text: 'Yes' })
  expect(stranger).toMatchObject({ outcome: 'refused', because: 'unknown-address' })
  expect(await takesOver(house, 'sms', { from: bo, to: '+4759449999', text: 'Yes' })).toMatchObject({
    outcome: 'refused',
  })
  expect(await answers()).toEqual([])
})

test.each(['decline', 'No thanks!', 'pause', 'nicht ich'])('A10 “%s” is a command over a number too', async (words) => {
  const { tagOf, says, answers } = await boIsAsked(['Are you open?', 'Do you rent kayaks?'])
  expect(await says(`${tagOf(0)} ${words}`)).toMatchObject({ outcome: 'noted' })
  expect(await answers()).toEqual([])
  expect(await house.rows(`select state from offer order by state`)).toEqual([{ state: 'declined' }, { state: 'open' }])
})

test.each([5, 6, 7])(
  'A8 one phone in three conversations at once: over two processes every answer goes to the right one, or is asked (seed %i)',
  async (seed) => {
    const { visitors, tagOf, says } = await boIsAsked(['Are you open?', 'Do you rent kayaks?', 'Is there a ferry?'])
    const other = house.anotherNode()
    const { next } = seeded(seed)
    const sent = Array.from({ length: 24 }, (_, n) => {
      const to = Math.floor(next() * 3)
      const isTagged = next() < 0.7
      const text = `${isTagged ? `${tagOf(to)} ` : ''}to ${to}, number ${n}`
      return { to: isTagged ? to : null, text, said: `to ${to}, number ${n}`, externalId: `${seed}-${n}` }
    })
    const arrivals = sent.flatMap((one) => (next() < 0.3 ? [one, one] : [one]))
    await Promise.all(
      arrivals.map(({ text, externalId }) => {
        const over = { from: bo, to: ours, text, externalId }
        return next() < 0.5 ? says(text, { externalId }) : takesOver(house, 'sms', over, 'proven', other)
      }),
    )
    const placed = async () =>
      (await everythingSaid(house))
        .filter(({ by }) => by === 'responder')
        .map(({ conversation, text }) => [visitors.findIndex((one) => one.conversation === conversation), text])
    const byText = (a: unknown[], b: unknown[]) => String(a[1]).localeCompare(String(b[1]))
    const tagged = sent.filter(({ to }) => to !== null)
    expect((await placed()).sort(byText)).toEqual(tagged.map(({ to, said }) => [to, said]).sort(byText))
    // What was not tagged waits, each once, for a tag.
    const waiting = sent.length - tagged.length
    expect(await house.rows(`select 1 from held_item where state = 'waiting'`)).toHaveLength(waiting)
    await says(tagOf(2))
    const released = (await placed()).filter(([at]) => at === 2)
    expect(released).toHaveLength(tagged.filter(({ to }) => to === 2).length + waiting)
  },
  60_000,
)

test('A8 the question back is short enough for a phone, and says no more than the phone was told before', async () => {
  const { tagOf, says } = await boIsAsked([
    'Are you open on Sundays, and if so, from when until when exactly?',
    'Kayaks?',
  ])
  await says('Yes')
  const phones = new LinesChannel('sms')
  const { outbox } = await startOutbox(house, phones)
  await waitFor('the question', async () => phones.given.some(({ kind }) => kind === 'notice'))
  await outbox.stop()
  const question = phones.read().find(({ text }) => text.startsWith('Which conversation'))
  expect(question?.from).toBe(ours)
  expect(question?.text.split('\n').slice(1).sort()).toEqual(
    [`${tagOf(0)}: “Are you open on Sundays, and if so, …”`, `${tagOf(1)}: “Kayaks?”`].sort(),
  )
})
