import { expect, test } from 'vitest'
import { categoriesThatCount, type Fields, type FieldsContext, setFields } from './set-fields.ts'

const nothing: Fields = {
  ...{ name: null, category: null, tags: [], metadata: {}, folder: null, categories: null, answers: null },
  ...{ takesFrom: null, takesUntil: null, primary: null },
}
const of = { ticket: 'ticket' }
const context = (was: Partial<Fields> = {}, more: Partial<FieldsContext> = {}): FieldsContext => ({
  ...{ of, was: { ...nothing, ...was }, lists: [null], account: ['boots', 'tents'], places: ['olga'] },
  ...more,
})

test('C1 only what becomes another is changed, with what it was', () => {
  const decided = setFields(context({ name: 'Ana', tags: ['vip'] }), {
    name: 'Ana',
    tags: ['vip', 'new', 'vip'],
    folder: 'a',
  })
  expect(decided).toEqual({
    ok: true,
    changes: [
      { kind: 'field', of, field: 'tags', was: ['vip'], is: ['vip', 'new'] },
      { kind: 'field', of, field: 'folder', was: null, is: 'a' },
    ],
  })
})

test.each<[string, Partial<Fields>, Partial<FieldsContext>, Partial<Fields>, string | null]>([
  ['a category of the account', {}, {}, { category: 'boots' }, null],
  ['a category that is none', {}, {}, { category: 'hats' }, 'unknown-choice'],
  ['one that its own list leaves out', { categories: ['tents'] }, {}, { category: 'boots' }, 'unknown-choice'],
  ['one that the list around it leaves out', {}, { lists: [null, ['tents']] }, { category: 'boots' }, 'unknown-choice'],
  [
    'one of its own list, whatever lies around',
    { categories: ['boots'] },
    { lists: [['tents']] },
    { category: 'boots' },
    null,
  ],
  [
    'one together with the list that has it',
    {},
    { lists: [['tents']] },
    { category: 'boots', categories: ['boots'] },
    null,
  ],
  ['the one that stands there, though it was retired', { category: 'hats' }, {}, { category: 'hats', name: 'x' }, null],
  ['a list with what is none', {}, {}, { categories: ['hats'] }, 'unknown-choice'],
  ['a list with what was retired since', { categories: ['hats'] }, {}, { categories: ['hats', 'boots'] }, null],
  ['a primary place in it', {}, {}, { primary: 'olga' }, null],
  ['a primary place elsewhere', {}, {}, { primary: 'otto' }, 'not-there'],
  [
    'an end before the beginning',
    { takesFrom: '2026-03-02T00:00:00Z' },
    {},
    { takesUntil: '2026-03-01T00:00:00Z' },
    'wrong-state',
  ],
  [
    'more metadata than a note',
    { metadata: { a: 'x'.repeat(5_000) } },
    {},
    { metadata: { b: 'x'.repeat(5_000) } },
    'too-many',
  ],
])('C1 %s', (_, was, more, wanted, refusal) => {
  const decided = setFields(context(was, more), wanted)
  expect(decided.ok ? null : decided.refusal).toBe(refusal)
})

test('C1 metadata is set key by key, and null takes one away', () => {
  const decided = setFields(context({ metadata: { order: 7, size: 42 } }), { metadata: { size: null, colour: 'red' } })
  expect(decided).toMatchObject({ changes: [{ field: 'metadata', is: { order: 7, colour: 'red' } }] })
})

test('C1 the nearest list counts, without what was retired; where there is none, the account’s', () => {
  expect(categoriesThatCount([null, ['hats', 'boots'], ['tents']], ['tents', 'boots'])).toEqual(['boots'])
  expect(categoriesThatCount([null, null], ['tents'])).toEqual(['tents'])
})
