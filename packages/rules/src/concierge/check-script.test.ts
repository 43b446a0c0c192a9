import { describe, expect, test } from 'vitest'
import { checkScript } from './check-script.ts'
import { pumps } from './pumps.test-data.ts'
import { scriptBounds } from './script.ts'

test('B1 a script with questions, branches, waits and a hand-over is taken as it is', () => {
  expect(checkScript(JSON.parse(JSON.stringify(pumps)))).toEqual({ ok: true, script: pumps, problems: [] })
})

const end = { kind: 'end' }
const say = (next: string) => ({ kind: 'say', text: { en: 'Hello' }, next })
const ask = (more: object) => ({ kind: 'ask', text: { en: 'What?' }, answer: { kind: 'text' }, next: 'end', ...more })
const branch = (when: object[], more: object = {}) => ({
  kind: 'branch',
  cases: [{ when, next: 'end' }],
  otherwise: 'end',
  ...more,
})
const script = (steps: object, more: object = {}) => ({
  format: 1,
  language: 'en',
  begins: 'at-entry',
  start: 'a',
  steps: { end, ...steps },
  ...more,
})
const kinds = (value: unknown) => checkScript(value).problems

describe('B4 what is wrong with a script is told at once, with its place', () => {
  test.each<[string, unknown, object]>([
    ['something else altogether', 'script', { because: 'malformed' }],
    ['an array', [], { because: 'malformed' }],
    ['a later format', script({ a: say('end') }, { format: 2 }), { because: 'malformed', path: 'format' }],
    [
      'a field that nobody knows',
      script({ a: { ...say('end'), thus: 'b' } }),
      { because: 'malformed', step: 'a', path: 'thus' },
    ],
    [
      'a kind of step that nobody knows',
      script({ a: { kind: 'jump' } }),
      { because: 'malformed', step: 'a', path: 'kind' },
    ],
    ['a start that is not there', script({}), { because: 'no-start', path: 'start', what: 'a' }],
    [
      'a start that every object has',
      script({}, { start: 'constructor' }),
      { because: 'no-start', what: 'constructor' },
    ],
    [
      'a step that is not there',
      script({ a: say('nowhere') }),
      { because: 'unknown-step', step: 'a', path: 'next', what: 'nowhere' },
    ],
    [
      'a choice that goes on at a step that is not there',
      script({ a: ask({ answer: { kind: 'yes-no', no: 'nowhere' } }) }),
      { because: 'unknown-step', step: 'a', path: 'answer.no', what: 'nowhere' },
    ],
    ['a dead end', script({ a: say('') }), { because: 'dead-end', step: 'a', path: 'next' }],
    [
      'a step that was not drawn further',
      script({ a: { kind: 'say', text: { en: 'Hello' } } }),
      { because: 'dead-end', step: 'a', path: 'next' },
    ],
    [
      'questions that go round for ever',
      script({ a: ask({ next: 'b' }), b: ask({ next: 'a' }) }),
      { because: 'no-way-out', step: 'a' },
    ],
    [
      'a loop without a question or a wait',
      script({ a: ask({ next: 'b' }), b: say('c'), c: branch([{ test: 'known', of: 'a' }], { otherwise: 'b' }) }),
      { because: 'loop', step: 'b', what: 'b → c → b' },
    ],
    [
      'a step that follows itself',
      script({ a: branch([{ test: 'known', of: 'said' }], { otherwise: 'a' }) }),
      { because: 'loop', step: 'a', what: 'a → a' },
    ],
    [
      'a loop through a question that may be left out',
      script({
        a: ask({ fills: ['topic'], unlessKnown: true, next: 'b' }),
        b: branch([{ test: 'topic', oneOf: ['x'] }], { otherwise: 'a' }),
      }),
      { because: 'loop', step: 'a' },
    ],
    [
      'a text that is missing in its language',
      script({ a: { ...say('end'), text: { de: 'Hallo' } } }),
      { because: 'text-missing', step: 'a', path: 'text', what: 'en' },
    ],
    ['an empty text', script({ a: { ...say('end'), text: { en: '  ' } } }), { because: 'text-missing', step: 'a' }],
    [
      'a text too long to be read',
      script({ a: { ...say('end'), text: { en: 'x'.repeat(2_001) } } }),
      { because: 'too-long', step: 'a', what: '2000' },
    ],
    [
      'more steps than anybody can look through',
      script(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`s${index}`, end]))),
      { because: 'too-many', what: '200' },
    ],
    [
      'more choices than anybody reads',
      script({
        a: ask({
          answer: {
            kind: 'choice',
            choices: Array.from({ length: 21 }, (_, index) => ({ value: `${index}`, label: { en: `${index}` } })),
          },
        }),
      }),
      { because: 'too-many', step: 'a', what: '20' },
    ],
    [
      'a variable that nothing keeps',
      script({ a: { ...say('end'), text: { en: 'Hello {name}' } } }),
      { because: 'unknown-variable', step: 'a', path: 'text.en', what: 'name' },
    ],
    [
      'a test of a variable that nothing keeps',
      script({ a: branch([{ test: 'is', of: 'name', value: 'x' }]) }),
      { because: 'unknown-variable', step: 'a', path: 'cases.0', what: 'name' },
    ],
    [
      'a variable named like what is known anyway',
      script({ a: ask({ keep: 'topic' }) }),
      { because: 'bad-name', step: 'a', what: 'topic' },
    ],
    ['a step with a name that is none', script({ 'a b': end, a: say('end') }), { because: 'bad-name', what: 'a b' }],
    [
      'a fact that nobody knows',
      script({ a: ask({ fills: ['mood'] }) }),
      { because: 'bad-name', step: 'a', what: 'mood' },
    ],
    [
      'two choices with one value',
      script({
        a: ask({
          answer: {
            kind: 'choice',
            choices: [
              { value: 'x', label: { en: 'One' } },
              { value: 'x', label: { en: 'Two' } },
            ],
          },
        }),
      }),
      { because: 'twice', step: 'a', what: 'x' },
    ],
    [
      'two choices with one label',
      script({
        a: ask({
          answer: {
            kind: 'choice',
            choices: [
              { value: 'x', label: { en: 'One' } },
              { value: 'y', label: { en: 'ONE' } },
            ],
          },
        }),
      }),
      { because: 'twice', step: 'a', what: 'ONE' },
    ],
    ['a wait of no time', script({ a: { kind: 'wait', ms: 0, next: 'end' } }), { because: 'out-of-bounds', step: 'a' }],
    [
      'a wait of a year',
      script({ a: { kind: 'wait', ms: 365 * 86_400_000, next: 'end' } }),
      { because: 'out-of-bounds', step: 'a' },
    ],
    [
      'a wait that is no number',
      script({ a: { kind: 'wait', ms: Number.NaN, next: 'end' } }),
      { because: 'malformed', step: 'a' },
    ],
    [
      'a rule that always holds',
      script({ a: say('end') }, { rules: [{ when: [], to: {} }] }),
      { because: 'malformed', rule: 0, path: 'when' },
    ],
    [
      'a step that nothing leads to',
      script({ a: say('end'), b: say('end') }),
      { because: 'unreachable', level: 'warning', step: 'b' },
    ],
  ])('%s', (_, value, problem) => expect(kinds(value)).toContainEqual(expect.objectContaining(problem)))

  test.each<[string, object[], object]>([
    [
      'an answer that was not among the choices',
      [{ test: 'is', of: 'q', value: 'z' }],
      {
        kind: 'choice',
        choices: [
          { value: 'x', label: { en: 'X' } },
          { value: 'y', label: { en: 'Y' } },
        ],
      },
    ],
    [
      'two answers at once',
      [
        { test: 'is', of: 'q', value: 'yes' },
        { test: 'is', of: 'q', value: 'no' },
      ],
      { kind: 'yes-no' },
    ],
    ['bounds the wrong way round', [{ test: 'between', of: 'q', from: 9, to: 1 }], { kind: 'number' }],
    [
      'a number outside what may be answered',
      [{ test: 'between', of: 'q', from: 11 }],
      { kind: 'number', from: 1, to: 10 },
    ],
    ['a number that is none', [{ test: 'is', of: 'q', value: 'many' }], { kind: 'number' }],
    [
      'bounds without a number in common',
      [
        { test: 'between', of: 'q', to: 3 },
        { test: 'between', of: 'q', from: 4 },
      ],
      { kind: 'text' },
    ],
    ['one of nothing', [{ test: 'one-of', of: 'q', values: [] }], { kind: 'text' }],
    [
      'two languages at once',
      [
        { test: 'language', oneOf: ['de'] },
        { test: 'language', oneOf: ['fr'] },
      ],
      { kind: 'text' },
    ],
    ['no topic', [{ test: 'topic', oneOf: [] }], { kind: 'text' }],
  ])('a branch that can never be met: %s', (_, when, answer) => {
    const value = script({ a: ask({ keep: 'q', answer, next: 'b' }), b: branch(when) })
    expect(kinds(value)).toEqual([expect.objectContaining({ because: 'never-met', step: 'b', path: 'cases.0' })])
  })

  test('a branch behind one that is met whenever it would be', () => {
    const [first, second] = [
      { test: 'known', of: 'said' },
      { test: 'language', oneOf: ['de'] },
    ]
    const cases = [
      { when: [first], next: 'end' },
      { when: [second, first], next: 'end' },
    ]
    expect(kinds(script({ a: { kind: 'branch', cases, otherwise: 'end' } }))).toEqual([
      expect.objectContaining({ because: 'never-met', step: 'a', path: 'cases.1' }),
    ])
  })

  test('what can be met is left alone', () => {
    const when = [
      { test: 'between', of: 'q', from: 2, to: 5 },
      { test: 'contains', of: 'said', words: ['leak*'] },
      { test: 'language', oneOf: ['de', 'en'] },
    ]
    const value = script({
      a: ask({ keep: 'q', answer: { kind: 'number', from: 1, to: 3 }, next: 'b' }),
      b: branch(when),
    })
    expect(kinds(value)).toEqual([])
  })

  test('a loop with a question in it and a way out is no mistake', () => {
    const value = script({
      a: ask({ answer: { kind: 'yes-no' }, next: 'b' }),
      b: branch([{ test: 'is', of: 'a', value: 'yes' }], { otherwise: 'a' }),
    })
    expect(checkScript(value).ok).toBe(true)
  })
})

test('a script of thousands of broken steps is refused with a list that can be read', () => {
  const steps = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`s ${index}`, { kind: index }]))
  const { ok, problems } = checkScript(script(steps))
  expect(ok).toBe(false)
  expect(problems.length).toBeLessThanOrEqual(scriptBounds.steps)
})
