import { type Seeded, seeded, waitFor } from '@parley/dev-env'
import { afterEach, expect, test } from 'vitest'
import {
  aKey,
  aResponder,
  type House,
  type OutboxRig,
  openHouse,
  ScriptedChannel,
  startOutbox,
  storyOf,
} from '../test-house.fixture.ts'
import { findOfferIn } from './find-offer.ts'
import { takeOfferCommand } from './offer-command.ts'

let house: House
let rigs: OutboxRig[] = []
afterEach(async () => {
  for (const { outbox } of rigs) await outbox.stop()
  rigs = []
  await house.close()
})

const answerOf = (person: string) =>
  `answer of ${house.account.responders.find((responder) => responder.person === person)?.name}`

/** A question to so many people, answered in some order by some of them at once, through two processes. */
async function race(options: { seed: number; slots: number; asked: number; answering: number; declining?: number }) {
  const random: Seeded = seeded(options.seed)
  house = await openHouse({
    responders: Array.from({ length: options.asked }, (_, n) => aResponder(`r${n}`)),
    policy: { admission: options.slots === 1 ? { kind: 'first' } : { kind: 'first-n', slots: options.slots } },
  })
  const nodes = [house.node, house.anotherNode()]
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  const mail = new ScriptedChannel()
  rigs = await Promise.all(nodes.map((node) => startOutbox(house, mail, { node })))
  await waitFor('everybody to be asked', () => mail.given.length === options.asked)
  const offers = random.shuffle(await house.offers(conversation))
  const answering = offers.slice(0, options.answering)
  const declining = offers.slice(options.answering, options.answering + (options.declining ?? 0))
  const outcomes = await Promise.all([
    ...answering.map(async (offer) => {
      await new Promise((resolve) => setTimeout(resolve, random.int(0, 4)))
      const node = random.pick(nodes)
      const key = aKey(`${offer.offer}`)
      const text = answerOf(offer.person)
      const answered = await house.answer(offer, text, { node, key })
      // Their mail server did not hear us and hands it over again, to another of our machines.
      if (random.chance(0.3)) {
        const again = await house.answer(offer, text, { node: random.pick(nodes), key })
        expect(again.outcome).toBe('repeated')
      }
      return answered
    }),
    ...declining.map(async (offer) => {
      const wanted = {
        account: house.account.account,
        offer: offer.offer,
        via: { medium: 'email' as const, address: offer.address },
        command: { kind: 'decline' as const },
      }
      const node = random.pick(nodes)
      await takeOfferCommand(node.road, wanted, findOfferIn(node.db))
      return null
    }),
  ])
  for (const { outbox } of rigs) outbox.wake()
  await waitFor(
    'everybody to be told',
    async () => (await house.rows(`select 1 from delivery where state in ('queued', 'sending')`)).length === 0,
  )
  return {
    person,
    conversation,
    outcomes,
    answering,
    declining,
    silent: offers.slice(options.answering + declining.length),
    mail,
  }
}

test.each([
  { seed: 1, slots: 1, asked: 3, answering: 3 },
  { seed: 2, slots: 1, asked: 40, answering: 40 },
  { seed: 3, slots: 2, asked: 30, answering: 25, declining: 5 },
  { seed: 4, slots: 5, asked: 20, answering: 3, declining: 4 },
  { seed: 5, slots: 7, asked: 60, answering: 50, declining: 3 },
  { seed: 6, slots: 100, asked: 100, answering: 100 },
  { seed: 7, slots: 1, asked: 100, answering: 100 },
  { seed: 8, slots: 99, asked: 100, answering: 100 },
])(
  'A10 $answering of $asked answer at once for $slots places: exactly so many are admitted, each of the others is told once (seed $seed)',
  async (options) => {
    const { conversation, outcomes, answering, declining, silent, mail } = await race(options)
    const expected = Math.min(options.slots, options.answering)
    const admitted = outcomes.flatMap((outcome, n) => (outcome?.outcome === 'admitted' ? [answering[n]?.person] : []))
    expect(admitted).toHaveLength(expected)
    const [ticket] = await house.rows<{ admitted: number; hunt: string }>('select admitted, hunt from ticket')
    expect(ticket).toEqual({ admitted: expected, hunt: expected === options.slots ? 'found' : 'looking' })
    const circles = await house.rows<{ person_id: string }>(
      `select p.person_id from participant p join interaction i on i.interaction_id = p.interaction_id
     where i.kind = 'exchange' and p.role = 'responder' order by 1`,
    )
    expect(circles.map(({ person_id }) => person_id)).toEqual(admitted.toSorted())

    const told = await house.rows<{ person: string; template: string; state: string }>(
      `select person_id as person, notice->>'template' as template, state from delivery where kind = 'notice' and state <> 'replaced'`,
    )
    const of = (person: string | undefined) =>
      told.filter((one) => one.person === person).map(({ template }) => template)
    const late = answering.filter(({ person }) => !admitted.includes(person))
    for (const { person } of late) {
      // Exactly once what became of their answer; the word to everybody that the place is taken may have crossed it.
      expect(of(person).filter((template) => template !== 'question-taken')).toEqual(['offer-slots-taken'])
      expect(of(person).filter((template) => template === 'question-taken').length).toBeLessThanOrEqual(1)
    }
    for (const { person } of declining) expect(of(person)).toContain('offer-declined')
    for (const { person } of silent) expect(of(person)).toEqual(expected === options.slots ? ['question-taken'] : [])
    for (const person of admitted) expect(of(person)).toEqual([])
    expect(told.every(({ state }) => state === 'sent')).toBe(true)
    expect(new Set(mail.given.map(({ reference }) => reference)).size).toBe(mail.given.length)

    // No answer is lost, and the late ones are their authors' own.
    const story = await storyOf(house, conversation)
    expect(story.map(({ text }) => text).toSorted()).toEqual(
      ['the question', ...answering.map(({ person }) => answerOf(person))].toSorted(),
    )
    for (const { person } of late) {
      const readers = await house.rows<{ person_id: string }>(
        `select s.person_id from message m join placement p on p.message_id = m.message_id
       join span s on s.interaction_id = p.interaction_id and p.position >= s.from_position
         and (s.to_position is null or p.position <= s.to_position) where m.body = $1`,
        [answerOf(person)],
      )
      expect(readers).toEqual([{ person_id: person }])
    }
  },
  120_000,
)

test('A10 whoever declines, and whoever’s mail comes back, takes no place; the next one who answers does', async () => {
  house = await openHouse({ responders: ['bo', 'cleo', 'dan', 'eve'].map((name) => aResponder(name)) })
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  const mail = new ScriptedChannel()
  mail.outcome = ({ to }) =>
    to.startsWith('cleo') ? { status: 'rejected', scope: 'address', reason: 'no-such-address' } : { status: 'sent' }
  rigs = [await startOutbox(house, mail)]
  await waitFor('everybody to be asked', () => mail.given.length === 4)
  const [bo, , dan, eve] = await Promise.all(
    house.account.responders.map(async ({ person: who }) =>
      (await house.offers(conversation)).find((offer) => offer.person === who),
    ),
  )
  if (!bo || !dan || !eve) throw new Error('somebody was not asked')
  const decline = {
    account: house.account.account,
    offer: bo.offer,
    via: { medium: 'email' as const, address: bo.address },
    command: { kind: 'decline' as const },
  }
  await takeOfferCommand(house.node.road, decline, findOfferIn(house.node.db))
  expect(await house.rows('select admitted, hunt from ticket')).toEqual([{ admitted: 0, hunt: 'looking' }])
  expect((await house.answer(dan, 'an answer')).outcome).toBe('admitted')
  expect(await house.answer(eve, 'another')).toMatchObject({ outcome: 'not-admitted', because: 'slots-taken' })
  expect(await house.rows('select admitted, hunt from ticket')).toEqual([{ admitted: 1, hunt: 'found' }])
})

test('A10 a question is withdrawn the very moment it is about to leave: it stays, and nobody hears that it was taken', async () => {
  house = await openHouse({ responders: ['bo', 'cleo'].map((name) => aResponder(name)) })
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  const [bo] = await house.offers(conversation)
  if (!bo) throw new Error('nobody was asked')
  const mail = new ScriptedChannel()
  let isAnswered = false
  rigs = [
    await startOutbox(house, mail, {
      async point(name) {
        if (name !== 'before-attempt' || isAnswered) return
        isAnswered = true
        expect((await house.answer(bo, 'at the desk', { desk: true })).outcome).toBe('admitted')
      },
    }),
  ]
  await waitFor(
    'all of it',
    async () => (await house.rows(`select 1 from delivery where state in ('queued', 'sending')`)).length === 0,
  )
  const asked = await house.rows<{ person: string; state: string }>(
    `select person_id as person, state from delivery where kind = 'offer' and person_id <> $1`,
    [bo.person],
  )
  const told = await house.rows(`select 1 from delivery where kind = 'notice' and person_id <> $1`, [bo.person])
  expect(asked).toHaveLength(1)
  expect([asked[0]?.state, told.length]).toEqual(asked[0]?.state === 'sent' ? ['sent', 1] : ['replaced', 0])
})
