import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { newId } from '@parley/model'
import { expect, test } from 'vitest'
import { Session } from './session.ts'
import { Told } from './told.ts'

const conversation = newId<ConversationId>()
const aSession = () =>
  new Session(
    { account: newId<AccountId>(), person: newId<PersonId>(), kind: 'visitor', language: 'en' },
    { send: () => {}, sendText: () => {}, close: () => {} },
  )

test('whoever comes while the others are told is told, too, before anybody counts on it', () => {
  const told = new Told()
  told.add(aSession(), conversation, 1)
  const reached = told.begin(conversation)
  told.add(aSession(), conversation, 1)
  told.doubt(conversation)
  reached(2)
  expect(told.version(conversation)).toBe(0)
  told.begin(conversation)(2)
  expect(told.version(conversation)).toBe(2)
})
