import { expect, it } from 'vitest'
import { conversationsWithDrafts, draftsThatLead } from './drafts.model.ts'

const drafts = new Map([
  ['a', 'to the outside'],
  ['a.whisper one', 'to the inside'],
  ['ab', 'to another'],
  ['b', 'there already'],
  ['question.c', 'to a question'],
])

it('knows for which conversations something is begun', () => {
  expect(conversationsWithDrafts(drafts)).toEqual(['a', 'ab', 'b'])
})

it.each([
  [
    'goes on in another with what was begun there',
    'b',
    { a: '', 'a.whisper one': '', b: 'there already\nto the outside', 'b.whisper one': 'to the inside' },
  ],
  [
    'goes on in one where nothing was begun',
    'c',
    { a: '', 'a.whisper one': '', c: 'to the outside', 'c.whisper one': 'to the inside' },
  ],
  ['is gone', null, { a: '', 'a.whisper one': '' }],
])('what was begun leads where the conversation leads, which %s', (_, to, instead) => {
  expect(Object.fromEntries(draftsThatLead(drafts, 'a', to))).toEqual(instead)
})
