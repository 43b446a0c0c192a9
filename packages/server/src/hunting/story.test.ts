import type { PersonId, TicketId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { LinesChannel } from '../lines-channel.fixture.ts'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { ScriptedChannel, startOutbox } from '../test-house.fixture.ts'
import { answerOffer, findOfferIn } from './index.ts'

let rig: OperationRig
afterEach(() => rig.close())

/** Bo has answered by mail; the ticket goes to Cleo, who answers it over this medium. */
async function handedOn(policy: object, medium: 'email' | 'sms') {
  rig = await openOperationRig({ admission: { kind: 'first' }, ...policy })
  const { house, people } = rig
  if (medium === 'sms') {
    await house.rows(
      `update address set medium = 'sms', value = '+4790055502', value_key = '4790055502' where person_id = $1`,
      [people.cleo],
    )
    await house.rows(
      `insert into own_address (account_id, own_address_id, medium, value, value_key, purpose, created_at)
       values ($1, gen_random_uuid(), 'sms', '+4790010001', '4790010001', 'pool', now())`,
      [house.account.account],
    )
  }
  const letters = new ScriptedChannel()
  const lines = new LinesChannel('sms')
  const { outbox } = await startOutbox(house, [letters, lines])
  const { visitor, conversation } = await rig.question()
  const offerOf = async (person: PersonId) => {
    const offer = (await house.offers(conversation)).find((one) => one.person === person)
    if (!offer) throw new Error('they were not asked')
    return offer
  }
  await house.answer(await offerOf(people.bo), 'Juniper wood.')
  await rig.say(visitor, { conversation }, 'x'.repeat(400))
  const [{ ticket } = { ticket: '' as TicketId }] = await house.rows<{ ticket: TicketId }>(
    'select ticket_id as ticket from ticket where conversation_id = $1',
    [conversation],
  )
  await rig.does(people.sue, 'transfer', { ticket, to: { people: [people.cleo] } })
  const { to: _, ...say } = house.say(people.cleo, { conversation }, 'I am here.')
  const { offer, address } = await offerOf(people.cleo)
  const about = { account: house.account.account, offer, say: { ...say, via: { medium, address } } }
  const answered = await answerOffer(house.node.road, about, findOfferIn(house.node.db))
  expect(answered).toMatchObject({ outcome: 'admitted' })
  return { letters, lines, outbox, visitor, conversation }
}

const askedWith = async (person: PersonId) =>
  (await rig.house.rows<{ excerpt: string }>('select excerpt from offer where person_id = $1', [person])).map(
    ({ excerpt }) => excerpt,
  )

test('A16 C5 whoever goes on by mail gets what was said so far in a letter, and no second time with the first words', async () => {
  const { letters, outbox, visitor, conversation } = await handedOn({}, 'email')
  expect(await askedWith(rig.people.cleo)).toEqual([expect.stringContaining('xxx')])
  const story = () =>
    letters.given.find(({ content }) => content.blocks.some((block) => 'text' in block && /so far/.test(block.text)))
  await expect.poll(story, { timeout: 30_000 }).toBeDefined()
  expect(story()?.to).toBe('cleo@people.test')
  const said = story()?.content.blocks.flatMap((block) => (block.kind === 'said' ? [`${block.by}: ${block.text}`] : []))
  expect(said).toEqual(['Visitor: the question', 'alias of bo: Juniper wood.', `Visitor: ${'x'.repeat(400)}`])
  expect(story()?.content.blocks.at(-1)).toMatchObject({ kind: 'link' })
  await rig.say(visitor, { conversation }, 'good to know')
  await expect.poll(() => letters.said('cleo@people.test'), { timeout: 30_000 }).toContain('good to know')
  const next = letters.given.find(({ content }) =>
    content.blocks.some((block) => 'text' in block && block.text === 'good to know'),
  )
  expect(next?.content.blocks.some(({ kind }) => kind === 'earlier')).toBe(false)
  await outbox.stop()
})

test('A16 C5 whoever goes on by text message gets the last words, cut short, and a link to the rest', async () => {
  const { lines, outbox } = await handedOn({}, 'sms')
  const story = () =>
    lines.given.find(({ content }) => content.blocks.some((block) => 'text' in block && /so far/.test(block.text)))
  await expect.poll(story, { timeout: 30_000 }).toBeDefined()
  const said = story()?.content.blocks.flatMap((block) => (block.kind === 'said' ? [`${block.by}: ${block.text}`] : []))
  expect(said).toEqual(['alias of bo: Juniper wood.', `Visitor: ${'x'.repeat(159)}…`])
  expect(story()?.content.blocks.at(-1)).toMatchObject({ kind: 'link' })
  await outbox.stop()
})

test('A16 where the site gives no history, no story is told, and who is asked next sees the question that was asked of all, and nothing that was said since', async () => {
  const { outbox } = await handedOn({ history: 'none' }, 'email')
  expect(await askedWith(rig.people.cleo)).toEqual(['the question'])
  const told = await rig.house.rows(`select 1 from delivery where notice->>'template' = 'story-so-far'`)
  expect(told).toEqual([])
  await outbox.stop()
})
