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
