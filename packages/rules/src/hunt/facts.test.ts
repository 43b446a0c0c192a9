import { expect, test } from 'vitest'
import { type Fact, mergeFacts, mostFacts, requestFacts, sameRequest } from './facts.ts'
import { chosenFacts, knownFacts } from './known-facts.ts'

const chosen = (about: Fact['about'], value: string): Fact => ({ about, value, source: 'chosen' })
const implied = (about: Fact['about'], value: string): Fact => ({ about, value, source: 'implied' })

test('A4 what a visitor chose counts before what was read from their words, and that before what their network implies', () => {
  const facts: Fact[] = [
    implied('region', 'US-AK'),
    { about: 'topic', value: 'boats', source: 'classified', confidence: 0.8 },
    implied('language', 'de'),
    chosen('language', 'en'),
    chosen('topic', 'tents'),
  ]
  expect(requestFacts(facts)).toEqual({ region: ['US-AK'], language: ['en'], topic: ['tents'] })
})

test('A4 of products, fields and pages everything counts that anybody told', () => {
  const facts = [chosen('product', 'blue boat'), { about: 'product', value: 'anchor', source: 'classified' } as const]
  expect(requestFacts(facts)).toEqual({ product: ['blue boat', 'anchor'] })
})

test('A4 a visitor who chooses again means the new choice; nothing in it takes the old one back', () => {
  const before = [chosen('topic', 'tents'), implied('url', 'https://shop.test/a'), chosen('field:size', 'small')]
  expect(mergeFacts(before, [chosen('topic', 'boats')])).toEqual([before[1], before[2], chosen('topic', 'boats')])
  expect(mergeFacts(before, [chosen('topic', ' ')])).toEqual([before[1], before[2]])
  expect(mergeFacts(before, [implied('topic', 'boats')])).toEqual([...before, implied('topic', 'boats')])
})

test('A4 a page that tells its whole database is not believed beyond so many facts', () => {
  const told = Array.from({ length: 1_000 }, (_, n) => implied(`page:p${n}`, 'x'))
  expect(mergeFacts([], told)).toHaveLength(mostFacts)
})

test('B2 the same facts in another order, or from another source, change nothing for a search', () => {
  const facts = [chosen('topic', 'tents'), chosen('product', 'a'), chosen('product', 'b')]
  expect(sameRequest(facts, facts.toReversed())).toBe(true)
  expect(sameRequest(facts, [...facts, implied('topic', 'boats')])).toBe(true)
  expect(sameRequest(facts, [...facts, chosen('product', 'c')])).toBe(false)
})

test('A4 what is known before the first word: site, page, browser, and what was filled in', () => {
  const facts = knownFacts({
    site: 'shop',
    topic: null,
    language: 'pt',
    languageChosen: false,
    region: 'NO',
    fields: { order: '4711' },
    page: { url: 'https://shop.test/garden', title: 'Garden' },
    context: { cart: '3' },
  })
  expect(requestFacts(mergeFacts([], facts))).toEqual({
    site: ['shop'],
    language: ['pt'],
    region: ['NO'],
    'field:order': ['4711'],
    url: ['https://shop.test/garden'],
    'page:title': ['Garden'],
    'page:cart': ['3'],
  })
})

test('A4 a choice says only what was chosen, and that something is chosen no longer', () => {
  expect(chosenFacts({ region: '' })).toEqual([chosen('region', '')])
  expect(chosenFacts({})).toEqual([])
})
