import { describe, expect, it } from 'vitest'
import { tried } from '../../test/scripts.fixture.ts'
import { newAnswer, newChoice } from './form/answer.model.ts'
import { asTest } from './form/tests.model.ts'
import { moved, whereUsed } from './list.model.ts'
import { mayDo, mostEvents, passing } from './preview.model.ts'

describe('B4 the list of scripts', () => {
  const scripts = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  it.each([
    ['b', -1, 'b a c'],
    ['b', 1, 'a c b'],
    ['a', -1, 'a b c'],
    ['c', 1, 'a b c'],
    ['x', 1, 'a b c'],
  ] as const)('moves %s by %d: %s', (id, by, expected) => {
    expect(moved(scripts, id, by).join(' ')).toBe(expected)
  })

  it('says by name where a script is used, and by id what has no name', () => {
    const known = { sites: new Map([['s', 'Harbour']]), topics: new Map([['t', 'Repairs']]) }
    expect(whereUsed({ sites: ['s'], topics: ['t', 'u'], urls: ['https://a/*'] }, known)).toEqual([
      'Harbour',
      'Repairs',
      'u',
      'https://a/*',
    ])
    expect(whereUsed({}, known)).toEqual([])
  })
})

describe('B4 the preview', () => {
  it('lets as much time pass as the script waits for', () => {
    expect(passing(tried)).toEqual({ kind: 'passed', ms: 60_000 })
    expect(passing({ ...tried, goesOnInMs: 0 })).toEqual({ kind: 'passed', ms: 1 })
  })

  it.each([
    [tried, 1, { say: true, pass: true }],
    // biome-ignore lint/suspicious/noThenProperty: in the words of the contract
    [{ ...tried, then: 'handed-over' as const }, 1, { say: false, pass: false }],
    [tried, mostEvents, { say: false, pass: false }],
    [undefined, 0, { say: false, pass: false }],
  ])('lets one say what the script would hear (%#)', (state, count, expected) => {
    expect(mayDo(state, count)).toEqual(expected)
  })
})

describe('B4 the form', () => {
  it('gives every new choice a value that no other has', () => {
    const first = newAnswer('choice', 'en')
    if (first.kind !== 'choice') throw new Error('not a choice')
    expect(first.choices.map(({ value }) => value)).toEqual(['choice-1', 'choice-2'])
    const [one, two] = first.choices
    if (!one || !two) throw new Error('no choices')
    expect(newChoice([two], 'en').value).toBe('choice-3')
    expect(newChoice([one, { ...two, value: 'choice-3' }], 'en').value).toBe('choice-4')
  })

  it('keeps of a condition what another kind of condition has too', () => {
    expect(asTest({ test: 'is', of: 'colour', value: 'red' }, 'one-of')).toEqual({
      test: 'one-of',
      of: 'colour',
      values: ['red'],
    })
    expect(asTest({ test: 'contains', of: 'said', words: ['a', 'b'] }, 'is')).toEqual({
      test: 'is',
      of: 'said',
      value: 'a',
    })
    expect(asTest({ test: 'topic', oneOf: ['x'] }, 'known')).toEqual({ test: 'known', of: 'said' })
  })
})
