import { seeded } from '@parley/dev-env'
import type { ConversationId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeAttachments } from '../attachments/index.ts'
import { accepted, aKey, aResponder, type House, openExchange, openHouse, storyOf } from '../test-house.fixture.ts'
import type { Road } from './index.ts'

let house: House
let count = 0
const next = () => {
  count += 1
  return count
}
beforeEach(async () => {
  house = await openHouse({
    responders: [aResponder('bo'), aResponder('cleo')],
    policy: { admission: { kind: 'any' } },
    screener: (_, __, said) => {
      if (said.visible === 'poison') throw new Error('this one cannot be screened')
      return { body: said.visible, full: null, masked: false }
    },
  })
})
afterEach(() => house.close())

test('A17 the same thing said twice is stored once and answered alike: later, at once, and in one breath', async () => {
  const { person, conversation } = await house.visitor()
  const { road } = house.node
  const say = () => house.say(person, { conversation }, 'once', { key: aKey('echo 1') })
  const [first, again] = await Promise.all([road.say(say()), road.say(say())])
  const later = await road.say(say())
  const elsewhere = await Promise.all([
    road.say(say()),
    house.anotherNode().road.say(say()),
    house.anotherNode().road.say(say()),
  ])
  const answers = [first, again, later, ...elsewhere].map(accepted)
  for (const { message, at, places } of answers) {
    expect({ message, at, places }).toEqual({
      message: answers[0]?.message,
      at: answers[0]?.at,
      places: answers[0]?.places,
    })
  }
  expect(answers.map(({ repeated }) => repeated)).toEqual([false, true, true, true, true, true])
  expect(await storyOf(house, conversation)).toHaveLength(1)
})

test('A17 a repetition from two processes at once, in a conversation under way, is stored once', async () => {
  const { visitor, conversation } = await openExchange(house)
  const roads = [house.node.road, house.anotherNode().road, house.anotherNode().road]
  for (let n = 0; n < 20; n += 1) {
    const say = () => house.say(visitor, { conversation }, `word ${n}`, { key: aKey(`echo ${n}`) })
    const answers = (await Promise.all(roads.map((road) => road.say(say())))).map(accepted)
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1)
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
  }
  expect((await storyOf(house, conversation)).filter(({ text }) => text.startsWith('word'))).toHaveLength(20)
})

test('A17 a repetition is answered as at first also when the same thing would be refused by now; a new one is refused', async () => {
  const { visitor, conversation } = await openExchange(house)
  const { road } = house.node
  const say = (key: string) => house.say(visitor, { conversation }, 'the last word', { key: aKey(key) })
  const first = accepted(await road.say(say('echo 1')))
  await house.rows(`update conversation set state = 'closed', structure = structure + 1`)
  expect(await road.say(say('echo 1'))).toMatchObject({ ok: true, message: first.message, repeated: true })
  expect(await road.say(say('echo 2'))).toEqual({ ok: false, refusal: 'conversation-closed' })
})

test('a message that cannot be stored fails alone: what was said with it, in any conversation, is there', async () => {
  const exchanges = [await openExchange(house), await openExchange(house)]
  const fresh = await house.visitor()
  const says = [
    ...exchanges.flatMap(({ visitor, conversation }, who) =>
      ['one', who === 0 ? 'poison' : 'two', 'three'].map((text) => house.say(visitor, { conversation }, text)),
    ),
    house.say(fresh.person, { conversation: fresh.conversation }, 'poison'),
    house.say(fresh.person, { conversation: fresh.conversation }, 'a question'),
  ]
  const answers = await Promise.allSettled(says.map((say) => house.node.road.say(say)))
  expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    false,
    true,
    true,
    true,
    true,
    false,
    true,
  ])
  const texts = await Promise.all(
    [...exchanges, fresh].map(async ({ conversation }) => (await storyOf(house, conversation)).map(({ text }) => text)),
  )
  expect(texts.map((each) => each.filter((text) => !/answer|the question/.test(text)))).toEqual([
    ['one', 'three'],
    ['one', 'two', 'three'],
    ['a question'],
  ])
})

test('what cannot be said is refused with its reason, on the same path as what can', async () => {
  const { visitor, responder, conversation, interaction } = await openExchange(house)
  const stranger = await house.visitor()
  const { road } = house.node
  const to = { conversation, interaction }
  expect(await road.say(house.say(visitor, to, 'yes'))).toMatchObject({ ok: true })
  expect(await road.say(house.say(stranger.person, to, 'no'))).toEqual({ ok: false, refusal: 'not-there' })
  const nowhere = '01900000-0000-7000-8000-000000000001' as ConversationId
  expect(await road.say(house.say(visitor, { conversation: nowhere }, 'no'))).toEqual({
    ok: false,
    refusal: 'not-there',
  })
  const intake = { conversation, interaction: await intakeOf(conversation) }
  expect(await road.say(house.say(responder, intake, 'no'))).toEqual({ ok: false, refusal: 'not-allowed' })
  await house.rows(`update interaction set state = 'closed' where interaction_id = $1`, [interaction])
  await house.rows('update conversation set structure = structure + 1')
  expect(await road.say(house.say(visitor, to, 'no'))).toEqual({ ok: false, refusal: 'interaction-closed' })
  expect((await storyOf(house, conversation)).map(({ text }) => text)).not.toContain('no')
})

test('a file that two messages bring at once stays with the first of them', async () => {
  const { visitor, conversation, interaction } = await openExchange(house)
  const { account } = house.account
  const { kept } = await house.node.db.write(account, (tx) =>
    storeAttachments(tx, {
      ...{ account, person: visitor, maxBytes: 1_000, now: house.clock.now() },
      files: [{ name: 'lamp.txt', type: 'text/plain', bytes: Buffer.from('a lamp'), inline: false }],
    }),
  )
  const say = (text: string) => ({ ...house.say(visitor, { conversation, interaction }, text), attachments: kept })
  const { road } = house.node
  const [first] = await Promise.all([road.say(say('here it is')), road.say(say('and again'))])
  expect(await house.rows('select message_id as id from attachment')).toEqual([{ id: accepted(first).message }])
})

test('A18 what one author says in quick succession keeps its order, also around the question that begins the search', async () => {
  const visitors = await Promise.all(Array.from({ length: 12 }, () => house.visitor()))
  const random = seeded(7)
  const saying: Promise<unknown>[] = []
  for (let n = 0; n < 15; n += 1) {
    for (const { person, conversation } of visitors) {
      saying.push(house.node.road.say(house.say(person, { conversation }, `${n}`)))
    }
    // Into the same batch, or into one that overlaps it.
    if (random.chance(0.6)) await new Promise((resolve) => setTimeout(resolve, random.int(0, 6)))
  }
  await Promise.all(saying)
  for (const { conversation } of visitors) {
    const texts = (await storyOf(house, conversation)).map(({ text }) => text)
    expect(texts).toEqual(Array.from({ length: 15 }, (_, n) => `${n}`))
  }
})

test.each([1, 2, 3])(
  'A18 positions are dense, ordinals and times rise, whoever writes from whichever process (seed %i)',
  async (seed) => {
    const random = seeded(seed)
    const roads = [house.node.road, house.anotherNode().road]
    const rooms: { conversation: ConversationId; people: (() => Parameters<Road['say']>[0])[] }[] = []
    for (let n = 0; n < 3; n += 1) {
      const { person, conversation } = await house.visitor()
      accepted(await house.node.road.say(house.say(person, { conversation }, 'question')))
      const people = [() => house.say(person, { conversation }, `visitor ${next()}`)]
      for (const offer of await house.offers(conversation)) {
        const answered = await house.answer(offer, 'answer')
        if (answered.outcome !== 'admitted') throw new Error('not admitted')
        const to = { conversation, interaction: answered.interaction }
        people.push(
          () => house.say(offer.person, to, `window ${next()}`),
          () => house.say(offer.person, to, `mail ${next()}`, { address: offer.address }),
          () => house.say(person, to, `visitor to one ${next()}`),
        )
      }
      rooms.push({ conversation, people })
    }
    const saying: Promise<boolean>[] = []
    for (let n = 0; n < 120; n += 1) {
      const say = random.pick(random.pick(rooms).people)()
      const said = random.pick(roads).say(say)
      saying.push(
        said.then(accepted).then(
          () => true,
          () => false,
        ),
      )
      if (random.chance(0.2)) await new Promise((resolve) => setTimeout(resolve, random.int(0, 3)))
      if (random.chance(0.05)) await cutSome(random.int(1, 3))
    }
    const stored = (await Promise.all(saying)).filter(Boolean).length

    let placed = 0
    for (const { conversation } of rooms) {
      const story = await storyOf(house, conversation)
      const messages = new Map(story.map((row) => [row.ordinal, row]))
      placed += [...messages.values()].filter(({ text }) => !/question|answer/.test(text)).length
      const ordinals = [...messages.keys()]
      expect(ordinals).toEqual(ordinals.map((_, index) => index + 1))
      const times = [...messages.values()].map(({ at }) => at.getTime())
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
      for (const interaction of new Set(story.map((row) => row.interaction))) {
        const positions = story.filter((row) => row.interaction === interaction).map(({ position }) => position)
        expect(positions).toEqual(positions.map((_, index) => index + 1))
      }
      const [row] = await house.rows<{ ordinal: number }>(
        'select ordinal from conversation where conversation_id = $1',
        [conversation],
      )
      expect(row?.ordinal).toBe(ordinals.length)
    }
    // Of what failed its writer was told so; it may be there all the same when the connection broke after the commit.
    expect(placed).toBeGreaterThanOrEqual(stored)
  },
)

async function intakeOf(conversation: ConversationId) {
  const [row] = await house.rows<{ intake_id: never }>('select intake_id from ticket where conversation_id = $1', [
    conversation,
  ])
  return row?.intake_id as never
}

/** Some connections break in the middle of whatever they are doing. */
async function cutSome(count: number): Promise<void> {
  await house.rows(
    `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' limit $1) p`,
    [count],
  )
}
