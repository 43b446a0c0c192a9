import { expect, test } from 'vitest'
import { excerpt, searchedWords } from './excerpt.ts'

const marked = (text: string, query: string) =>
  excerpt(text, searchedWords(query))
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join('')

test.each([
  ['The parcel came.', 'parcel', 'The [parcel] came.'],
  ['The PARCEL, the parcel.', 'parcel', 'The [PARCEL], the [parcel].'],
  ['Ist die Straße nah?', 'straße nah', 'Ist die [Straße] [nah]?'],
  ['注文の荷物はどこですか', '荷物', '注文の[荷物]はどこですか'],
  ['Is it 5 (five)?', '(five)', 'Is it 5 [(five)]?'],
  ['a.b axb', 'a.b', '[a.b] axb'],
  ['an e-mail/letter', 'e-mail/', 'an [e-mail/]letter'],
  ['nothing of it', 'parcel', 'nothing of it'],
  ['parcels parcel', 'parcels parcel', '[parcels] [parcel]'],
])('what was looked for is marked where it stands: %s', (text, query, expected) => {
  expect(marked(text, query)).toBe(expected)
})

test('of a long text the neighbourhood of the first hit is shown, and that more stands around it', () => {
  const shown = marked(`${'before '.repeat(50)}parcel ${'after '.repeat(50)}`, 'parcel')
  expect(shown).toMatch(/^… .*\[parcel\].* …$/)
  expect(shown.length).toBeLessThan(200)
})

test('a query is at most eight words, each once', () => {
  expect(searchedWords('  one  two one ')).toEqual(['one', 'two'])
  expect(searchedWords('a b c d e f g h i j')).toHaveLength(8)
  expect(searchedWords(' \n ')).toEqual([])
})
