import { expect, test } from 'vitest'
import type { Condition } from '../criteria/criteria.ts'
import { listensForWords, type MoveRule, type MoveSituation, mayMove, mostMoves } from './move-rules.ts'

const rule = (when: Condition[], more: Partial<MoveRule> = {}): MoveRule => ({
  name: 'a rule',
  when,
  from: 'anyone',
  to: {},
  ...more,
})
const bo = { person: 'bo', teams: ['boats'], virtual: false }
const concierge = { person: 'concierge', teams: [], virtual: true }
const situation: MoveSituation = { request: { facts: {}, text: null }, said: null, holders: [bo], moves: 0 }
const lawyer: Condition = { about: 'words', oneOf: ['lawyer*', 'talk to a person'] }
const large: Condition = { about: 'answer:size', from: 100 }

test.each<[string, MoveRule, Partial<MoveSituation>, string]>([
  ['a word', rule([lawyer]), { said: 'I need two LAWYERS' }, 'words'],
  [
    'a phrase that wishes for somebody',
    rule([lawyer], { to: { target: { teams: ['law'] } } }),
    { said: 'may I talk to a person?' },
    'wish',
  ],
  [
    'an answer to the concierge',
    rule([large]),
    { request: { facts: { 'answer:size': ['250'] }, text: null } },
    'answer',
  ],
  [
    'another topic',
    rule([{ about: 'topic', oneOf: ['law'] }]),
    { request: { facts: { topic: ['law'] }, text: null } },
    'topic',
  ],
  [
    'another language',
    rule([{ about: 'language', oneOf: ['pl'] }]),
    { request: { facts: { language: ['pl'] }, text: null } },
    'language',
  ],
  ['a program’s part ends', rule([lawyer], { from: 'virtual' }), { said: 'lawyer', holders: [concierge] }, 'words'],
])('A16 %s moves the conversation on, and the reason is known', (_, one, facts, reason) => {
  expect(mayMove([one], { ...situation, ...facts })).toEqual({ moves: true, rule: one, reason })
})

test.each<[string, MoveRule, Partial<MoveSituation>, string]>([
  ['what was not said does not move it', rule([lawyer]), { said: 'thank you' }, 'no-rule'],
  [
    'what was said before, and not just now, does not',
    rule([lawyer]),
    { request: { facts: {}, text: 'lawyer' } },
    'no-rule',
  ],
  ['what is not known does not', rule([large]), {}, 'no-rule'],
  ['half of what the rule asks for does not', rule([lawyer, large]), { said: 'lawyer' }, 'no-rule'],
  ['nobody has it yet', rule([lawyer]), { said: 'lawyer', holders: [] }, 'no-rule'],
  ['the rule is for programs, and a person has it', rule([lawyer], { from: 'virtual' }), { said: 'lawyer' }, 'no-rule'],
  [
    'it is there already, with the person',
    rule([lawyer], { to: { target: { people: ['bo'] } } }),
    { said: 'lawyer' },
    'already-there',
  ],
  [
    'it is there already, with the team',
    rule([lawyer], { to: { target: { teams: ['boats'] } } }),
    { said: 'lawyer' },
    'already-there',
  ],
  ['it has moved too often', rule([lawyer]), { said: 'lawyer', moves: mostMoves }, 'moved-too-often'],
])('A16 %s', (_, one, facts, because) => {
  expect(mayMove([one], { ...situation, ...facts })).toEqual({ moves: false, because })
})

test('A16 the first rule that holds counts, but for one that would leave it where it is', () => {
  const here = rule([lawyer], { name: 'here', to: { target: { teams: ['boats'] } } })
  const there = rule([lawyer], { name: 'there' })
  const verdict = mayMove([here, there, rule([lawyer])], { ...situation, said: 'lawyer' })
  expect(verdict.moves && verdict.rule.name).toBe('there')
})

test('A16 only words that some rule waits for are looked at more closely', () => {
  expect(listensForWords([rule([lawyer, large])], 'a lawyer')).toBe(true)
  expect(listensForWords([rule([lawyer, large])], 'good morning')).toBe(false)
  expect(listensForWords([rule([large])], 'a lawyer')).toBe(false)
  expect(listensForWords([], 'a lawyer')).toBe(false)
})
