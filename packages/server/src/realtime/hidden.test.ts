import { randomUUID } from 'node:crypto'
import type { ConversationId, PersonId } from '@parley/model'
import type { ServerFrame } from '@parley/protocol'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readViews } from '../conversations/index.ts'
import { RawHouse, type RawLine } from './raw-line.fixture.ts'

let house: RawHouse
beforeEach(async () => {
  house = await RawHouse.open(1)
})
afterEach(() => house.close())

const done = (frame: ServerFrame) => {
  if (frame.t !== 'done') throw new Error(`it was refused: ${JSON.stringify(frame)}`)
  return frame.result
}

/** What has been told to them from here on, up to words that they are told last. */
async function toldUpTo(mark: string, lines: readonly RawLine[], work: () => Promise<void>): Promise<ServerFrame[][]> {
  for (const line of lines) line.frames = []
  await work()
  for (const line of lines) {
    await line.until(mark, () => line.messages.some(({ text }) => text === mark))
  }
  return lines.map((line) => line.frames)
}

/** The list of a person's conversations, as a welcome brings it. */
async function listOf(person: PersonId): Promise<string[]> {
  const { account } = house.here.account
  const { db } = house.here.server
  const views = await db.read(account, (reader) => readViews(reader, { account, person, language: 'en', limit: 200 }))
  return views.map(({ view }) => view.id)
}

test('C3 while a backchannel is opened, written in, read, typed in and closed, not one frame reaches those outside it, and their lists stay', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  await house.answers('cleo', conversation)
  const other = await house.asks('Another question')
  await house.answers('cleo', other.conversation)
  const [olga, ada, cleo] = [await house.connects('olga'), await house.connects('ada'), await house.connects('cleo')]
  const visitor = ana.frames.find((frame) => frame.t === 'welcome')?.you.person as PersonId
  const lists = async () => [await listOf(house.person('cleo')), await listOf(visitor)]
  const before = await lists()
  expect(before[0]).toEqual([other.conversation, conversation])
  const told = await toldUpTo('the last words', [ana, cleo], async () => {
    const opened = done(await olga.does('open-backchannel', { from: exchange }))
    const interaction = opened.interaction ?? ''
    done(await ada.does('add', { interaction, people: [house.person('ada')] }))
    for (const line of [olga, ada]) line.send({ t: 'typing', to: { interaction }, on: true })
    olga.send({ t: 'typing', to: { conversation }, on: false })
    olga.says({ interaction }, 'between us')
    await ada.until('the words', () => ada.messages.some(({ text }) => text === 'between us'))
    // What is typed for everyone is not typed behind their backs.
    expect(ada.frames.filter((frame) => frame.t === 'typing' && !frame.on)).toEqual([])
    ada.send({ t: 'seen', interaction, delivered: 1, read: 1 })
    await olga.until('that it was read', () => olga.frames.some((frame) => frame.t === 'seen' && frame.read === 1))
    done(await olga.does('close', { what: { interaction } }))
    expect(await lists()).toEqual(before)
    ana.says({ conversation }, 'the last words')
    await ana.until('said', () => ana.frames.some(({ t }) => t === 'said'))
    // To the visitor it comes back as “said”.
    ana.frames.push({
      t: 'messages',
      interaction: '',
      messages: [{ n: 0, id: '', from: null, at: '', text: 'the last words' }],
    })
  })
  const kinds = told.map((frames) => frames.map(({ t }) => t))
  // Typing to everyone is for those in the exchange: the visitor may see that.
  expect(kinds[0]?.filter((t) => t !== 'typing')).toEqual(['said', 'messages'])
  expect(kinds[1]).toEqual(['messages'])
})

test('E6 who observes is in nobody’s list, tells nobody what was read, and types for nobody; supervisors and administrators see them', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const [olga, sue] = [await house.connects('olga'), await house.connects('sue')]
  const told = await toldUpTo('is it good?', [ana, olga], async () => {
    done(await sue.does('observe', { interaction: exchange, history: 'all' }))
    await sue.until('the exchange', () => sue.views.some(({ id }) => id === conversation))
    sue.send({ t: 'read', interaction: exchange, after: 0 })
    await sue.until('what was said', () => sue.messages.length > 0)
    sue.send({ t: 'seen', interaction: exchange, delivered: 1, read: 1 })
    sue.send({ t: 'typing', to: { interaction: exchange }, on: true })
    sue.says({ interaction: exchange }, 'may I?')
    await sue.until('a refusal', () =>
      sue.frames.some((frame) => frame.t === 'refused' && frame.reason === 'not-allowed'),
    )
    olga.says({ interaction: exchange }, 'is it good?')
    await olga.until('said', () => olga.frames.some(({ t }) => t === 'said'))
    olga.frames.push({
      t: 'messages',
      interaction: '',
      messages: [{ n: 0, id: '', from: null, at: '', text: 'is it good?' }],
    })
  })
  expect(told.map((frames) => frames.map(({ t }) => t))).toEqual([['messages'], ['said', 'messages']])
  const again = await house.connects('olga')
  const roles = (line: RawLine) =>
    line.views.flatMap(({ interactions }) =>
      interactions.flatMap(({ id, participants }) => (id === exchange ? participants.map(({ role }) => role) : [])),
    )
  expect(roles(again).sort()).toEqual(['initiator', 'responder'])
  expect(roles(sue).sort()).toEqual(['initiator', 'observer', 'responder'])
})

test('C2 what is granted is told by new numbers, the view before the words; what is revoked is gone, and its holder learns nothing more', async () => {
  const { ana, conversation } = await house.asks()
  const [first, second] = [await house.answers('olga', conversation), await house.answers('cleo', conversation)]
  for (const n of [1, 2, 3]) {
    ana.says({ interaction: first }, `to olga ${n}`)
    await ana.until('said', () => ana.frames.filter(({ t }) => t === 'said').length === n + 1)
  }
  const [ada, cleo] = [await house.connects('ada'), await house.connects('cleo')]
  const granted = { interaction: first, person: house.person('cleo') }
  done(await ada.does('grant', { ...granted, from: 3, to: 3 }))
  const shownIn = (line: RawLine, id: string) =>
    line.views.flatMap(({ interactions }) => interactions).find((one) => one.id === id)
  await cleo.until('the grant', () => shownIn(cleo, first))
  const numbering = shownIn(cleo, first)?.numbering
  cleo.send({ t: 'read', interaction: first })
  await cleo.until('what was granted', () => cleo.messages.some(({ text, n }) => text === 'to olga 2' && n === 1))
  const unmoved = shownIn(cleo, second)?.numbering

  cleo.frames = []
  done(await ada.does('grant', { ...granted, from: 1, to: 2 }))
  await cleo.until('all of it', () => cleo.messages.some(({ text, n }) => text === 'to olga 2' && n === 3))
  expect(cleo.frames.map(({ t }) => t)).toEqual(['conversation', 'messages'])
  expect(cleo.messages.map(({ n, text }) => [n, text])).toEqual([
    [1, 'I am olga.'],
    [2, 'to olga 1'],
    [3, 'to olga 2'],
  ])
  expect(shownIn(cleo, first)?.numbering).not.toBe(numbering)
  expect(shownIn(cleo, second)?.numbering).toBe(unmoved)

  cleo.frames = []
  done(await ada.does('revoke', granted))
  await cleo.until('the revocation', () => cleo.views.length > 0 && !shownIn(cleo, first))
  ana.says({ interaction: first }, 'not for cleo')
  ana.says({ interaction: second }, 'for cleo')
  await cleo.until('the words', () => cleo.messages.some(({ text }) => text === 'for cleo'))
  expect(cleo.frames.map(({ t }) => t)).toEqual(['conversation', 'messages'])
  cleo.send({ t: 'read', interaction: first })
  const refusal = await cleo.until('a refusal', () => cleo.frames.find(({ t }) => t === 'refused'))
  expect(refusal).toMatchObject({ reason: 'not-there' })
})

test('C2 who comes back after numbers have run anew is given the page at the end, whatever cursor they bring', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  ana.says({ conversation }, 'one more')
  const ada = await house.connects('ada')
  done(await ada.does('grant', { interaction: exchange, person: house.person('cleo'), from: 2 }))
  const before = await house.connects('cleo')
  const numbering = before.views[0]?.interactions[0]?.numbering ?? ''
  before.close()
  const resume = { cursors: { [exchange]: 1 }, numberings: { [exchange]: numbering } }
  const same = await house.connects('cleo', house.here, resume)
  done(await ada.does('grant', { interaction: exchange, person: house.person('cleo'), history: 'all' }))
  await same.until('the view', () => same.frames.some(({ t }) => t === 'conversation'))
  expect(same.frames.map(({ t }) => t).slice(0, 2)).toEqual(['welcome', 'conversation'])
  const other = await house.connects('cleo', house.here, resume)
  await other.until('the page', () => other.messages.length > 0)
  expect(other.messages.map(({ n, text }) => [n, text])).toEqual([
    [1, 'I am olga.'],
    [2, 'one more'],
  ])
})

test('who has lost every right in a conversation is told that it is gone, and nothing of what comes after', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const ada = await house.connects('ada')
  const granted = { interaction: exchange, person: house.person('cleo') }
  done(await ada.does('grant', { ...granted, history: 'all' }))
  const cleo = await house.connects('cleo')
  expect(cleo.views.map(({ id }) => id)).toEqual([conversation])
  cleo.frames = []
  done(await ada.does('revoke', granted))
  await cleo.until('gone', () => cleo.frames.length > 0)
  ana.says({ conversation }, 'not for cleo')
  const own = await house.asks('Something else')
  await house.answers('cleo', own.conversation)
  await cleo.until('the next one', () => cleo.views.some(({ id }) => id === own.conversation))
  expect(cleo.frames.filter(({ t }) => t === 'gone')).toEqual([{ t: 'gone', conversation }])
  expect(JSON.stringify(cleo.frames.slice(1))).not.toContain(conversation)
  expect(await listOf(house.person('cleo'))).toEqual([own.conversation])
})

test('who has left learns nothing more: not who comes and goes, not how far others have read', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const [ada, olga] = [await house.connects('ada'), await house.connects('olga')]
  const place = olga.views
    .flatMap(({ interactions }) => interactions)
    .find(({ id }) => id === exchange)
    ?.participants.find(({ you }) => you)
  done(await ada.does('add', { interaction: exchange, people: [house.person('bo')] }))
  const bo = await house.connects('bo')
  done(await ada.does('remove', { participant: place?.id }))
  await olga.until('her leaving', () =>
    olga.views.some(({ interactions }) => interactions.some(({ id, writable }) => id === exchange && !writable)),
  )
  const other = await house.asks('Something else')
  olga.frames = []
  done(await ada.does('add', { interaction: exchange, people: [house.person('cleo')] }))
  ana.says({ interaction: exchange }, 'after olga')
  await bo.until('the words', () => bo.messages.some(({ text }) => text === 'after olga'))
  bo.send({ t: 'seen', interaction: exchange, delivered: 1, read: 1 })
  await ana.until('that it was read', () => ana.frames.some((frame) => frame.t === 'seen'))
  await house.answers('olga', other.conversation)
  await olga.until('the next one', () => olga.views.some(({ id }) => id === other.conversation))
  expect(JSON.stringify(olga.frames)).not.toContain(exchange)
})

test('what is not there and what is not yours are refused alike, whatever is asked', async () => {
  const { ana, conversation, intake } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const cleo = await house.connects('cleo')
  const nothing = randomUUID()
  const refusals = async (conversation: string, interaction: string) => {
    cleo.frames = []
    const long = 'x'.repeat(17_000)
    cleo.says({ conversation }, 'hello')
    cleo.says({ interaction }, 'hello')
    cleo.says({ interaction }, long)
    cleo.says({ conversation }, long)
    cleo.send({ t: 'say', id: randomUUID(), to: { conversation }, text: '' })
    cleo.send({ t: 'read', interaction })
    cleo.send({ t: 'read', interaction, after: 5 })
    cleo.send({ t: 'choose', conversation, language: 'de' })
    cleo.send({ t: 'choose', conversation, topic: randomUUID() })
    cleo.send({ t: 'seen', interaction, delivered: 3, read: 3 })
    cleo.send({ t: 'typing', to: { interaction }, on: true })
    await cleo.does('close', { what: { interaction } })
    await cleo.until('every answer', () => cleo.frames.length === 10)
    return cleo.frames.map((frame) => (frame.t === 'refused' ? [frame.reason, frame.text] : frame)).sort()
  }
  const foreign = await refusals(conversation, exchange)
  expect(foreign).toEqual(await refusals(nothing, nothing))
  expect(foreign.every((one) => Array.isArray(one) && one[0] === 'not-there')).toBe(true)
  // The visitor's own, in which the words of somebody else make no difference.
  expect(ana.views[0]?.interactions.some(({ id }) => id === intake)).toBe(true)
})

test('whose right has ended is refused alike whatever has been said since', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const ada = await house.connects('ada')
  done(await ada.does('grant', { interaction: exchange, person: house.person('cleo'), from: 1, to: 1 }))
  const cleo = await house.connects('cleo')
  const refused = async () => {
    cleo.frames = []
    cleo.says({ interaction: exchange }, 'hello')
    return cleo.until('a refusal', () => cleo.frames.find((frame) => frame.t === 'refused')?.reason)
  }
  expect(await refused()).toBe('not-allowed')
  ana.says({ conversation }, 'not for cleo')
  await ana.until('said', () => ana.frames.filter(({ t }) => t === 'said').length === 2)
  expect(await refused()).toBe('not-allowed')
})

test('a welcome that is read while rights change ends with what is theirs', async () => {
  const { conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const ada = await house.connects('ada')
  const granted = { interaction: exchange, person: house.person('cleo') }
  for (let round = 0; round < 6; round += 1) {
    done(await ada.does('grant', { ...granted, history: 'all' }))
    const opening = house.connects('cleo')
    const revoked = ada.does('revoke', granted)
    const cleo = await opening
    done(await revoked)
    await cleo.until('nothing of it', () => cleo.views.length === 0)
    cleo.close()
  }
})

test('a conversation that is there no more is gone for whoever is connected', async () => {
  const { ana, conversation } = await house.asks()
  const { server, account } = house.here
  await sql`delete from conversation where conversation_id = ${conversation}`.execute(server.db.workers)
  server.hub.committed({
    ...{ says: [], restructured: [], changed: [] },
    gone: [{ account: account.account, conversation: conversation as ConversationId }],
  })
  await ana.until('gone', () => ana.frames.some((frame) => frame.t === 'gone' && frame.conversation === conversation))
})
