import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { languages } from '@parley/model'
import { refusalReasons } from '@parley/protocol'
import { type AttachmentVerdict, readCommand } from '@parley/rules'
import { describe, expect, test } from 'vitest'
import { isWordKey, nameAsker, type Words, word, wordsFor } from './index.ts'

const english = wordsFor('en')
const keys = Object.keys(english).filter(isWordKey)
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe.each(languages)('what the server says in %s', (language) => {
  const words = wordsFor(language)

  test('is complete, with the same blanks to fill in', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
    for (const key of keys) {
      expect([key, placeholders(words[key])]).toEqual([key, placeholders(english[key])])
      expect(words[key].trim(), key).toBe(words[key])
      expect(words[key], key).not.toBe('')
    }
  })

  test('names only reply words that a reply is understood by', () => {
    const commands = (key: keyof Words) =>
      [...words[key].matchAll(/[“„«「]\s*([^”“»」]+?)\s*[”“»」]/g)].map(
        ([, said = '']) => readCommand(said)?.kind ?? said,
      )
    expect(commands('offer-decline')).toEqual(['decline', 'pause', 'stop'])
    const plain = [...words['offer-lines'].matchAll(/"([^"]+)"/g)].map(
      ([, said = '']) => readCommand(said)?.kind ?? said,
    )
    expect(plain).toEqual(['decline', 'stop'])
    expect(commands('offer-paused')).toEqual(['resume'])
    expect(commands('offer-stopped')).toEqual(['resume'])
  })
})

test.each(languages.filter((language) => language !== 'en'))(
  'what the server says in %s is not left in English',
  (language) => {
    const words = wordsFor(language)
    const same = keys.filter((key) => words[key] === english[key])
    expect(same.filter((key) => !['code-label', 'responder'].includes(key))).toEqual([])
  },
)

test('a language that is not spoken here is answered in English, and a blank without a value is seen', () => {
  expect(word('fi-FI', 'code-label')).toBe('Code')
  expect(word('de-AT', 'code-subject', { code: '123456' })).toBe('Ihr Code ist 123456')
  expect(word('en', 'code-subject')).toBe('Your code is {code}')
})

test('every notice and every refusal that the server names has its words', () => {
  const source = sourcesIn(path.resolve(import.meta.dirname, '..'))
  const named = (pattern: RegExp) => [...source.matchAll(pattern)].map(([, name = '']) => name)
  const refusals = [
    ...named(/refuse\(\s*\w+,\s*'([a-z-]+)'/g),
    ...named(/refusal: '([a-z-]+)'/g),
    ...refusalReasons,
    'under-way',
  ]
  // Notices whose name is put together, and those composed of lines of their own.
  const made = [
    ...named(/template(?: =|:) [^\n]*\? '([a-z-]+)' : '[a-z-]+'/g),
    ...named(/template(?: =|:) [^\n]*\? '[a-z-]+' : '([a-z-]+)'/g),
  ]
  const late = [
    'ticket-closed',
    'offer-withdrawn',
    'too-late',
    'slots-taken',
    'declined',
    'paused',
    'stopped',
    'resumed',
  ]
  const composed = ['code', 'sign-in-link', 'transcript', 'place-invitation']
  const templates = [...named(/template: '([a-z-]+)'/g), ...made, ...late.map((because) => `offer-${because}`)]
  expect(templates).toEqual(
    expect.arrayContaining(['question-taken', 'conversation-closed', 'place-left', ...composed]),
  )
  const wanted = [...refusals.map((name) => `refused-${name}`), ...templates.filter((name) => !composed.includes(name))]
  expect(wanted.filter((key) => !isWordKey(key))).toEqual([])
})

test('every reason for which a file is left out is told in words', () => {
  const reasons: Record<Extract<AttachmentVerdict, { accepted: false }>['because'], true> = {
    'active-content': true,
    'carries-addresses': true,
    damaged: true,
    'dangerous-name': true,
    empty: true,
    encrypted: true,
    executable: true,
    'holds-other-files': true,
    'metadata-not-removable': true,
    'too-expansive': true,
    'too-large': true,
    'unknown-type': true,
  }
  expect(Object.keys(reasons).filter((reason) => !isWordKey(`left-out-${reason}`))).toEqual([])
})

function sourcesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('embedded'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n')
}

test.each([
  ['en', {}, 'IS', 'Visitor from Iceland'],
  ['fr', { en: 'Guest', fr: 'Client' }, 'NO', 'Client (Norvège)'],
  ['de', { en: 'Guest' }, 'Svalbard', 'Guest aus Svalbard'],
  ['en', { en: 'Guest' }, null, 'Guest'],
])(
  'A5 in %s who asks is called by the site’s own word, and from a place as people name it: %o from %s',
  (language, names, region, expected) => {
    expect(nameAsker(language, names, region)).toBe(expected)
  },
)
