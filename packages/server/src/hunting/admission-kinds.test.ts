import { type Seeded, seeded } from '@parley/dev-env'
import { minutes, type PersonId, type TicketId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import type { NewSite } from '../accounts/index.ts'
import { aKey, aResponder, type House, type Node, openHouse, storyOf } from '../test-house.fixture.ts'
import { moveTicket } from './move-ticket.ts'
import { stepHunts } from './step-hunts.ts'

let house: House
afterEach(() => house.close())

type Offer = Awaited<ReturnType<House['offers']>>[number]

const step = (node: Node) =>
  stepHunts({
    db: node.db,
    road: node.road,
    clock: house.clock,
    warn: (facts, message) => {
      throw new Error(`${message} ${JSON.stringify(facts)}`)
    },
  })

async function ask(count: number, policy: NonNullable<NewSite['policy']>) {
  house = await openHouse({ responders: Array.from({ length: count }, (_, n) => aResponder(`r${n}`)), policy })
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  return { person, conversation, offers: await house.offers(conversation) }
}

const answerOf = (offer: Offer) => `answer of ${offer.person}`
const state = async (offer: Offer) =>
  (await house.rows<{ state: string }>('select state from offer where offer_id = $1', [offer.offer]))[0]?.state

async function told(person: PersonId): Promise<string[]> {
  const rows = await house.rows<{ template: string }>(
    `select notice->>'template' as template from delivery where kind = 'notice' and person_id = $1 and state <> 'replaced'
     and notice->>'template' <> 'question-taken' order by sequence`,
    [person],
  )
  return rows.map(({ template }) => template)
}

const graceMs = minutes(2)
const preferDesk = (slots: number) => ({ kind: 'first-n', slots, prefer: { media: ['web'], graceMs } })

test.each([
  { seed: 11, slots: 1, asked: 12, byMail: 8, byDesk: 1, late: 3 },
  { seed: 12, slots: 3, asked: 20, byMail: 10, byDesk: 2, late: 6 },
  { seed: 13, slots: 4, asked: 12, byMail: 2, byDesk: 0, late: 10 },
  { seed: 14, slots: 2, asked: 30, byMail: 20, byDesk: 10, late: 0 },
  { seed: 15, slots: 5, asked: 6, byMail: 3, byDesk: 0, late: 0 },
  { seed: 16, slots: 1, asked: 40, byMail: 30, byDesk: 0, late: 10 },
])(
  'A10 a medium is preferred: $byMail answer by mail and $byDesk at the desk within the grace, $late at the desk as it ends, for $slots places (seed $seed)',
  async ({ seed, slots, asked, byMail, byDesk, late }) => {
    const random: Seeded = seeded(seed)
    const { conversation, offers } = await ask(asked, { admission: preferDesk(slots) })
    const nodes = [house.node, house.anotherNode()]
    const shuffled = random.shuffle(offers)
    const mailing = shuffled.slice(0, byMail)
    const atDesk = shuffled.slice(byMail, byMail + byDesk)
    const last = shuffled.slice(byMail + byDesk, byMail + byDesk + late)
    const answer = async (offer: Offer, desk: boolean) => {
      await new Promise((resolve) => setTimeout(resolve, random.int(0, 5)))
      const key = aKey(offer.offer)
      const answered = await house.answer(offer, answerOf(offer), { node: random.pick(nodes), key, desk })
      if (random.chance(0.3)) {
        const again = await house.answer(offer, answerOf(offer), { node: random.pick(nodes), key, desk })
        expect(again.outcome).toBe('repeated')
      }
      return answered
    }
    await Promise.all([...mailing.map((offer) => answer(offer, false)), ...atDesk.map((offer) => answer(offer, true))])
    // As long as the grace lasts, only what is preferred is let in: or what comes when somebody is there already, and nothing waits.
    const early = await house.rows<{ person_id: PersonId }>(`select person_id from offer where state = 'admitted'`)
    if (byDesk === 0) expect(early).toEqual([])
    expect(early.length).toBeGreaterThanOrEqual(Math.min(slots, byDesk))
    const [firstIn] = await house.rows<{ person_id: PersonId }>(
      `select person_id from event where kind = 'admitted' order by event_id limit 1`,
    )
    if (firstIn) expect(atDesk.map(({ person }) => person)).toContain(firstIn.person_id)

    house.clock.pass(graceMs)
    await Promise.all([...nodes.map(step), ...last.map((offer) => answer(offer, true)), ...nodes.map(step)])
    const admitted = await house.rows<{ person_id: PersonId }>(`select person_id from offer where state = 'admitted'`)
    const answering = [...mailing, ...atDesk, ...last]
    expect(admitted).toHaveLength(Math.min(slots, answering.length))
    const [ticket] = await house.rows<{ admitted: number; grace_until: Date | null }>(
      'select admitted, grace_until from ticket',
    )
    expect(ticket).toEqual({ admitted: admitted.length, grace_until: null })

    // No answer is lost, none is there twice, and each author was told what became of it.
    const story = await storyOf(house, conversation)
    expect(story.map(({ text }) => text).toSorted()).toEqual(['the question', ...answering.map(answerOf)].toSorted())
    for (const offer of mailing) {
      const isIn = admitted.some(({ person_id }) => person_id === offer.person)
      expect(await state(offer)).toBe(isIn ? 'admitted' : 'late')
      const words = await told(offer.person)
      if (isIn) expect(words.filter((word) => word !== 'offer-prefers-another-medium')).toEqual([])
      else expect(words.filter((word) => word === 'offer-slots-taken')).toHaveLength(1)
      expect(new Set(words).size).toBe(words.length)
    }
  },
  120_000,
)

test('A10 what waited is passed on when the grace ends without a better answer, in the order in which it came', async () => {
  const { conversation, offers } = await ask(3, { admission: preferDesk(1) })
  const [first, second] = offers
  if (!first || !second) throw new Error('nobody was asked')
  expect(await house.answer(second, 'by mail, first')).toMatchObject({ because: 'prefers-another-medium' })
  house.clock.pass(1_000)
  expect(await house.answer(first, 'by mail, second')).toMatchObject({ because: 'prefers-another-medium' })
  expect((await storyOf(house, conversation)).map(({ text }) => text)).toEqual(['the question'])
  house.clock.pass(graceMs - 2_000)
  expect(await step(house.node)).toBe(0)
  house.clock.pass(1_000)
  await step(house.node)
  expect([await state(second), await state(first)]).toEqual(['admitted', 'late'])
  const readable = await house.rows<{ body: string }>(
    `select m.body from message m join placement p on p.message_id = m.message_id
     join interaction i on i.interaction_id = p.interaction_id where i.kind = 'exchange'`,
  )
  expect(readable).toEqual([{ body: 'by mail, first' }])
})

test('A10 what waits when the conversation ends is kept for its author, who is told', async () => {
  const { conversation, offers } = await ask(1, { admission: preferDesk(1) })
  const [offer] = offers
  if (!offer) throw new Error('nobody was asked')
  await house.answer(offer, 'by mail')
  await house.rows(`update conversation set state = 'closed', structure = structure + 1`)
  await house.rows(`update ticket set state = 'closed'`)
  house.clock.pass(graceMs)
  await step(house.node)
  expect(await told(offer.person)).toEqual(['offer-prefers-another-medium', 'offer-ticket-closed'])
  expect((await storyOf(house, conversation)).map(({ text }) => text)).toEqual(['the question', 'by mail'])
  expect(await step(house.node)).toBe(0)
})

test.each([{ seed: 21 }, { seed: 22 }, { seed: 23 }])(
  'A10 only those who were named may answer, whoever else tries in the same moment (seed $seed)',
  async ({ seed }) => {
    const random = seeded(seed)
    const { conversation, offers } = await ask(20, { admission: { kind: 'first-n', slots: 5, byInvitation: true } })
    // Nobody is named yet: nobody is asked.
    expect(offers).toEqual([])
    const named = random
      .shuffle(house.account.responders)
      .slice(0, 3)
      .map(({ person }) => person)
    const [ticket] = await house.rows<{ ticket_id: TicketId }>('select ticket_id from ticket')
    if (!ticket) throw new Error('no ticket')
    await house.node.road.inConversation(house.account.account, conversation, (turn) =>
      moveTicket(turn, { ticket: ticket.ticket_id, reason: 'by-hand', target: { people: named } }),
    )
    const asked = await house.offers(conversation)
    expect(asked.map(({ person }) => person).toSorted()).toEqual(named.toSorted())
    // Somebody else has an offer, by whatever way: it lets nobody in who was not named.
    const stranger = house.account.responders.find(({ person }) => !named.includes(person))
    const [pretended] = asked
    if (!stranger || !pretended) throw new Error('nobody was asked')
    await house.rows(`update offer set invited = false where offer_id = $1`, [pretended.offer])
    const nodes = [house.node, house.anotherNode()]
    const outcomes = await Promise.all(
      asked.map((offer) => house.answer(offer, answerOf(offer), { node: random.pick(nodes) })),
    )
    expect(outcomes.map((outcome) => outcome.outcome === 'not-admitted' && outcome.because)).toEqual(
      asked.map((offer) => offer === pretended && 'not-invited'),
    )
    expect(await house.rows('select admitted from ticket')).toEqual([{ admitted: 2 }])
  },
)

test.each([{ seed: 31 }, { seed: 32 }])(
  'A10 answers race with the end of their time on two processes: each is in time or too late, never both (seed $seed)',
  async ({ seed }) => {
    const random = seeded(seed)
    const { offers } = await ask(20, { admission: { kind: 'any' }, hunt: { offerLastsMs: minutes(1) } })
    const nodes = [house.node, house.anotherNode()]
    house.clock.pass(minutes(1))
    const [outcomes] = await Promise.all([
      Promise.all(
        offers.map(async (offer) => {
          await new Promise((resolve) => setTimeout(resolve, random.int(0, 20)))
          return house.answer(offer, answerOf(offer), { node: random.pick(nodes) })
        }),
      ),
      ...nodes.map(step),
    ])
    for (const [index, outcome] of outcomes.entries()) {
      const offer = offers[index]
      if (!offer) throw new Error('an answer without an offer')
      const expected = outcome.outcome === 'admitted' ? 'admitted' : 'expired'
      expect(await state(offer)).toBe(expected)
      if (expected === 'expired') expect(await told(offer.person)).toContain('offer-too-late')
    }
    const admitted = outcomes.filter(({ outcome }) => outcome === 'admitted').length
    expect(await house.rows('select admitted from ticket')).toEqual([{ admitted }])
  },
)
