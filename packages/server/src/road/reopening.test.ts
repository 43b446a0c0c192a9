import type { ConversationId, InteractionId, TicketId } from '@parley/model'
import { days } from '@parley/model'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { accepted } from '../test-house.fixture.ts'

let rig: OperationRig
afterEach(() => rig.close())

const states = (conversation: string) =>
  rig.house.rows<{ conversation: string; ticket: string; hunt: string }>(
    `select c.state as conversation, t.state as ticket, t.hunt from conversation c
     join ticket t on t.conversation_id = c.conversation_id where c.conversation_id = $1 order by t.ticket_id`,
    [conversation],
  )

describe('where the site opens again within two days', () => {
  beforeEach(async () => {
    rig = await openOperationRig({ admission: { kind: 'first' }, reopen: { withinDays: 2 } })
  })

  test('C7 a visitor’s words to a closed conversation open it again, and reach whoever answered there', async () => {
    const { people, house } = rig
    const { visitor, conversation } = await rig.question('olga')
    await rig.does(people.olga, 'close', { what: { conversation } })
    await expect(rig.say(people.olga, { conversation }, 'not by her')).rejects.toThrow('conversation-closed')
    house.clock.pass(days(2) - 1)
    await rig.say(visitor, { conversation }, 'one more thing')
    expect(await states(conversation)).toMatchObject([{ conversation: 'open', ticket: 'open', hunt: 'found' }])
    expect(Object.values((await rig.sees(people.olga)).texts).flat()).toContain('one more thing')
  })

  test('C7 after those days it stays closed', async () => {
    const { people, house } = rig
    const { visitor, conversation } = await rig.question('olga')
    await rig.does(people.olga, 'close', { what: { conversation } })
    house.clock.pass(days(2))
    await expect(rig.say(visitor, { conversation }, 'too late')).rejects.toThrow('conversation-closed')
    expect(await states(conversation)).toMatchObject([{ conversation: 'closed', ticket: 'closed' }])
  })

  test('C7 where nobody is left who answers, people are looked for again', async () => {
    const { people } = rig
    const { visitor, conversation } = await rig.question('olga')
    await rig.does(people.olga, 'leave', { interaction: await exchangeOf(conversation) })
    await rig.does(people.sue, 'close', { what: { conversation } })
    await rig.say(visitor, { conversation }, 'is anybody there?')
    expect(await states(conversation)).toMatchObject([{ conversation: 'open', ticket: 'open', hunt: 'looking' }])
    const asked = await rig.house.rows<{ person_id: string }>(`select person_id from offer where state = 'open'`)
    expect(asked.length).toBeGreaterThan(0)
  })

  test('C7 words to a closed ticket open that one; the same words twice are said once', async () => {
    const { people, house } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    const [{ id: ticket } = { id: '' }] = await house.rows<{ id: string }>('select ticket_id as id from ticket')
    await rig.does(people.olga, 'close', { what: { ticket } })
    const [interaction = '' as InteractionId] = exchanges
    const say = house.say(visitor, { conversation, interaction }, 'to her')
    const first = accepted(await house.node.road.say(say))
    expect(accepted(await house.node.road.say(say))).toMatchObject({ message: first.message, repeated: true })
    expect((await rig.sees(people.olga)).texts[interaction]).toEqual(['answer of olga', 'to her'])
  })
})

describe('by default', () => {
  beforeEach(async () => {
    rig = await openOperationRig({ admission: { kind: 'first' } })
  })

  test('C7 a closed conversation stays closed', async () => {
    const { people } = rig
    const { visitor, conversation } = await rig.question('olga')
    await rig.does(people.olga, 'close', { what: { conversation } })
    await expect(rig.say(visitor, { conversation }, 'hello?')).rejects.toThrow('conversation-closed')
  })

  test('C7 where the conversation goes on and no ticket does, words begin a new one, and people are looked for', async () => {
    const { people, house } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    const [{ id: ticket } = { id: '' }] = await house.rows<{ id: string }>('select ticket_id as id from ticket')
    await rig.does(people.olga, 'close', { what: { ticket } })
    await rig.say(visitor, { conversation }, 'something else')
    expect(await states(conversation)).toMatchObject([
      { ticket: 'closed', hunt: 'found' },
      { ticket: 'open', hunt: 'looking' },
    ])
    expect((await rig.sees(people.olga)).texts[exchanges[0] ?? '']).toEqual(['answer of olga'])
    const [interaction = '' as InteractionId] = exchanges
    await expect(rig.say(visitor, { interaction }, 'to her')).rejects.toThrow('interaction-closed')
  })

  test('C7 of several tickets words go to the one that was used last, or to the one that is named and to no other', async () => {
    const { people, house } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    const [first = '' as InteractionId] = exchanges
    const [{ id: ticket } = { id: '' as TicketId }] = await house.rows<{ id: TicketId }>(
      'select ticket_id as id from ticket',
    )
    const [message] = await rig.messages(people.olga, first)
    const split = await rig.does(people.olga, 'split', {
      ticket,
      from: first,
      messages: [message?.id],
      people: [people.otto],
      name: 'the other matter',
    })
    if (!split.ok) throw new Error(split.refusal)
    const second = split.result.interaction as InteractionId
    await rig.say(people.olga, { interaction: first }, 'about the first')
    await rig.say(visitor, { conversation }, 'yes, the first')
    await rig.say(people.otto, { interaction: second }, 'about the second')
    await rig.say(visitor, { conversation }, 'and the second')
    const texts = (await rig.sees(visitor)).texts
    expect(texts[first]).toEqual(['answer of olga', 'about the first', 'yes, the first'])
    expect(texts[second]).toEqual(['answer of olga', 'about the second', 'and the second'])

    const all = { conversation: conversation as ConversationId, ticket }
    accepted(await house.node.road.say(house.say(visitor, all, 'the first, by its name')))
    expect((await rig.sees(visitor)).texts[first]?.at(-1)).toBe('the first, by its name')
    await rig.does(people.olga, 'close', { what: { ticket } })
    const late = await house.node.road.say(house.say(visitor, all, 'the first, once more'))
    expect(late).toMatchObject({ ok: false, refusal: 'interaction-closed' })
    expect(Object.values((await rig.sees(visitor)).texts).flat()).not.toContain('the first, once more')
  })
})

const exchangeOf = async (conversation: string) =>
  (
    await rig.house.rows<{ id: string }>(
      `select interaction_id as id from interaction where kind = 'exchange' and conversation_id = $1`,
      [conversation],
    )
  )[0]?.id
