import type { ConversationView, MessageView } from '@parley/protocol'
import { expect, test } from 'vitest'
import { Transcript } from './transcript.ts'

const interaction = (id: string, length: number): ConversationView['interactions'][number] => ({
  id,
  kind: 'intake',
  state: 'open',
  length,
  writable: false,
  participants: [],
})

const conversation = (...interactions: ConversationView['interactions']): ConversationView => ({
  id: 'conversation',
  site: 'site',
  state: 'open',
  topic: null,
  language: 'en',
  createdAt: '2026-01-01T00:00:00.000Z',
  hunt: 'found',
  interactions,
})

const message = (n: number): MessageView => ({
  n,
  id: `m${n}`,
  from: null,
  at: '2026-01-01T00:00:00.000Z',
  text: 'Hello',
})

test('C2: who is let into an exchange is shown at once what was asked before', () => {
  const transcript = new Transcript()
  transcript.take({ t: 'welcome', v: 1, you: { person: 'bo', kind: 'responder' }, conversations: [] }, 0)
  transcript.take({ t: 'conversation', conversation: conversation(interaction('intake', 1)) }, 1)
  expect(transcript.missing(1)).toEqual([{ t: 'read', interaction: 'intake', after: 0 }])
  transcript.take({ t: 'messages', interaction: 'intake', messages: [message(1)] }, 2)
  expect(transcript.interaction('intake')?.messages).toEqual([message(1)])
  expect(transcript.missing(2)).toEqual([])
})

test('After a welcome nothing is asked for that the server sends by itself', () => {
  const transcript = new Transcript()
  const conversations = [conversation(interaction('intake', 1))]
  transcript.take({ t: 'welcome', v: 1, you: { person: 'bo', kind: 'responder' }, conversations }, 0)
  expect(transcript.missing(1)).toEqual([])
})

const welcome = (...conversations: ConversationView[]) =>
  ({ t: 'welcome', v: 1, you: { person: 'bo', kind: 'responder' }, conversations }) as const
const numbered = (id: string, length: number, numbering: string) => ({ ...interaction(id, length), numbering })
const texts = (transcript: Transcript, id: string) => transcript.interaction(id)?.messages.map(({ id }) => id)

test('C2 where numbers run anew, what was held by the old ones is forgotten, and the page at the end is taken', () => {
  const transcript = new Transcript()
  transcript.take(welcome(conversation(numbered('a', 2, 'one'), numbered('b', 1, 'one'))), 0)
  transcript.take({ t: 'messages', interaction: 'a', messages: [message(1), message(2)] }, 1)
  transcript.take({ t: 'messages', interaction: 'b', messages: [message(1)] }, 1)
  transcript.markRead('a', 2)
  expect(transcript.resume()).toEqual({ cursors: { a: 2, b: 1 }, numberings: { a: 'one', b: 'one' } })
  const view = conversation(numbered('a', 7, 'another'), numbered('b', 1, 'one'))
  transcript.take({ t: 'conversation', conversation: view }, 2)
  expect(texts(transcript, 'a')).toEqual([])
  expect(texts(transcript, 'b')).toEqual(['m1'])
  expect(transcript.interaction('a')?.read).toBe(0)
  transcript.take({ t: 'messages', interaction: 'a', messages: [message(6), message(7)], more: true }, 3)
  expect(texts(transcript, 'a')).toEqual(['m6', 'm7'])
  expect(transcript.resume().cursors).toEqual({ a: 7, b: 1 })
})

test('C2 an interaction that the view leaves out is forgotten, and so is a conversation that is gone', () => {
  const transcript = new Transcript()
  transcript.take(welcome(conversation(numbered('a', 1, 'one'), numbered('b', 1, 'one'))), 0)
  transcript.take({ t: 'conversation', conversation: conversation(numbered('b', 1, 'one')) }, 1)
  expect([...transcript.interactions].map(({ view }) => view.id)).toEqual(['b'])
  transcript.take({ t: 'gone', conversation: 'conversation' }, 2)
  expect([...transcript.interactions]).toEqual([])
  expect([...transcript.conversations]).toEqual([])
})

test('C4 what was merged into another conversation is held there, and goes on', () => {
  const transcript = new Transcript()
  transcript.take(welcome(conversation(numbered('a', 1, 'one'))), 0)
  transcript.take({ t: 'messages', interaction: 'a', messages: [message(1)] }, 1)
  transcript.take({ t: 'conversation', conversation: { ...conversation(numbered('a', 1, 'one')), id: 'other' } }, 2)
  transcript.take({ t: 'gone', conversation: 'conversation' }, 3)
  expect(texts(transcript, 'a')).toEqual(['m1'])
})

test('C9 what a welcome leaves out is forgotten, whether it was asked for or there was no room to', () => {
  const transcript = new Transcript()
  const held = Array.from({ length: 502 }, (_, i) => ({ ...conversation(numbered(`i${i}`, 1, 'one')), id: `c${i}` }))
  transcript.take(welcome(...held), 0)
  // The first two were spoken in last.
  for (const [i] of held.entries()) {
    const at = new Date(Date.UTC(2026, 0, 1, 0, i < 2 ? 59 : 0)).toISOString()
    transcript.take({ t: 'messages', interaction: `i${i}`, messages: [{ ...message(1), at }] }, 0)
  }
  const { cursors } = transcript.resume()
  expect(Object.keys(cursors)).toHaveLength(500)
  expect(cursors).toMatchObject({ i0: 1, i1: 1 })
  const [first] = held
  if (!first) throw new Error('nothing is held')
  transcript.take(welcome(first), 1)
  expect([...transcript.conversations.keys()]).toEqual(['c0'])
  expect([...transcript.interactions].map(({ view }) => view.id)).toEqual(['i0'])
})
