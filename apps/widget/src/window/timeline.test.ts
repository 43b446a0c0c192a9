import type { Held, Unsent } from '@parley/client'
import type { MessageView, ParticipantView } from '@parley/protocol'
import { expect, test } from 'vitest'
import { type Bubble, countUnread, mergeTimeline } from './timeline.ts'

const person = (id: string, alias: string, more: Partial<ParticipantView> = {}): ParticipantView => ({
  id,
  alias,
  you: false,
  role: 'responder',
  colour: 1,
  state: 'here',
  delivered: 0,
  read: 0,
  ...more,
})
const ana = (id: string, more: Partial<ParticipantView> = {}) =>
  person(id, 'Ana', { you: true, role: 'initiator', ...more })

function held(id: string, kind: 'intake' | 'exchange', participants: ParticipantView[], messages: MessageView[]): Held {
  const view = { id, kind, state: 'open' as const, length: messages.length, writable: true, participants }
  return { conversation: 'c', view, messages, base: 0, read: 0, cursor: messages.length, known: messages.length }
}
const message = (n: number, id: string, from: string | null, minute: number, more: Partial<MessageView> = {}) => ({
  n,
  id,
  from,
  at: new Date(Date.UTC(2026, 0, 5, 12, minute)).toISOString(),
  text: id,
  ...more,
})
const bubbles = (helds: Held[], outbox: Unsent[] = []) =>
  mergeTimeline(helds, outbox).filter((item): item is Bubble => item.kind === 'bubble')

test('A14 exchanges with two responders read as one conversation, each message once and in the order of its time', () => {
  const kim = held(
    'i1',
    'exchange',
    [ana('a1'), person('k', 'Kim')],
    [message(1, 'hello', 'k', 1), message(2, 'both of you', 'a1', 5)],
  )
  const lou = held(
    'i2',
    'exchange',
    [ana('a2'), person('l', 'Lou', { colour: 2 })],
    [message(1, 'good day', 'l', 3), message(2, 'both of you', 'a2', 5)],
  )
  expect(bubbles([kim, lou]).map(({ text, author }) => [text, author?.alias ?? null])).toEqual([
    ['hello', 'Kim'],
    ['good day', 'Lou'],
    ['both of you', null],
  ])
})

test('A14 what only one of two could read says so, and what was said before the other came does not', () => {
  const kim = held(
    'i1',
    'exchange',
    [ana('a1'), person('k', 'Kim')],
    [message(1, 'early', 'a1', 1), message(2, 'secret', 'a1', 9)],
  )
  const lou = held('i2', 'exchange', [ana('a2'), person('l', 'Lou')], [message(1, 'hi', 'l', 5)])
  const only = bubbles([kim, lou]).map(({ text, onlyTo }) => [text, onlyTo])
  expect(only).toEqual([
    ['early', null],
    ['hi', null],
    ['secret', ['Kim']],
  ])
})

test('A18 how far a message got is told for each reader: by their window, or by their medium', () => {
  const readers = [
    person('k', 'Kim', { delivered: 1, read: 1 }),
    person('l', 'Lou', { delivered: 1 }),
    person('m', 'Mo'),
    person('n', 'Noa'),
  ]
  const ticks = [
    { participant: 'm', state: 'failed' as const },
    { participant: 'n', state: 'queued' as const },
  ]
  const [bubble] = bubbles([held('i', 'exchange', [ana('a'), ...readers], [message(1, 'x', 'a', 1, { ticks })])])
  expect(bubble?.readers.map(({ alias, state }) => `${alias} ${state}`)).toEqual([
    'Kim read',
    'Lou delivered',
    'Mo failed',
    'Noa sent',
  ])
})

test('unsent texts come last, and a text that has arrived is not shown twice', () => {
  const exchange = held('i', 'exchange', [ana('a')], [message(1, 'm1', 'a', 1)])
  const to = { conversation: 'c' }
  const outbox: Unsent[] = [
    { id: '1', to, text: 'm1', since: 0, state: 'said', message: 'm1' },
    { id: '2', to, text: 'later', since: 0, state: 'waiting' },
    { id: '3', to, text: 'no', since: 0, state: 'refused', reason: 'too-many', why: 'Too many.' },
  ]
  expect(bubbles([exchange], outbox).map(({ text, unsent }) => [text, unsent?.state ?? null])).toEqual([
    ['m1', null],
    ['later', 'waiting'],
    ['no', 'refused'],
  ])
})

test('several messages in a row by one author form a group; a pause or another author begins a new one', () => {
  const people = [ana('a'), person('k', 'Kim')]
  const said = [message(1, 'one', 'k', 0), message(2, 'two', 'k', 1), message(3, 'three', 'k', 30)]
  expect(bubbles([held('i', 'exchange', people, said)]).map((one) => [one.isFirst, one.isLast])).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ])
})

test('days and lines of the house stand between the messages', () => {
  const said = [message(1, 'Kim has joined', null, 0), message(2, 'hi', 'k', 1), message(3, 'next day', 'k', 60 * 24)]
  const items = mergeTimeline([held('i', 'exchange', [ana('a'), person('k', 'Kim')], said)], [])
  expect(items.map((item) => item.kind)).toEqual(['day', 'line', 'bubble', 'day', 'bubble'])
})

test('unread counts what others said after the visitor last looked, once each', () => {
  const said = (you: string) => [message(1, 'seen', 'k', 0), message(2, 'new', 'k', 1), message(3, 'mine', you, 2)]
  const one = held('i1', 'exchange', [ana('a', { read: 1 }), person('k', 'Kim')], said('a'))
  const other = held('i2', 'intake', [ana('b', { read: 1 }), person('k', 'Kim')], said('b'))
  expect(countUnread([one, other])).toBe(1)
})
