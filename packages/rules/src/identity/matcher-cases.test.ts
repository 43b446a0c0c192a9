import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { findIdentities } from './find-identities.ts'

// Facts about telephone numbers kept beside the repository; they are not ours to copy.
const file = fileURLToPath(new URL('../../../../../shared/data/pii/libphonenumber-matcher.json', import.meta.url))
const absent = existsSync(file) ? false : 'the collection ../shared/data/pii is not beside the repository'

type Case = { raw: string; region: string }
type Collection = { cases: Record<string, Case[]>; contexts: [string, string][] }

describe.skipIf(absent)(
  `A9: telephone numbers of a collection that is not ours${absent ? ` (skipped: ${absent})` : ''}`,
  () => {
    const read = (): Collection => JSON.parse(readFileSync(file, 'utf8'))

    // Around a number, in a sentence: without a currency sign or per cent beside it, and not grown into a word.
    const isSentence = ([before, after]: [string, string]) =>
      !/[$%\\]/.test(before + after) && !/[a-z]$/i.test(before) && !/^[a-z]/i.test(after)

    function rate(names: string[]) {
      const { cases, contexts } = read()
      const list = names.flatMap((name) => cases[name] ?? [])
      const sentences = contexts.filter(isSentence)
      let alone = 0
      let within = 0
      for (const { raw, region } of list) {
        const digits = raw.normalize('NFKC').replaceAll(/\D/g, '')
        const isFound = (text: string) =>
          findIdentities(text, { countries: [region] }).some(
            ({ kind, value }) => kind === 'phone' && digits.startsWith(value.replaceAll(/\D/g, '').slice(0, 7)),
          )
        if (isFound(raw)) alone++
        for (const [before, after] of sentences) if (isFound(before + raw + after)) within++
      }
      return { numbers: list.length, alone: alone / list.length, within: within / (list.length * sentences.length) }
    }

    test('A9: of the numbers that are valid, at least 90 of 100 are found, alone and in sentences', () => {
      const valid = rate(['VALID_CASES', 'STRICT_GROUPING_CASES', 'EXACT_GROUPING_CASES'])
      console.info('telephone numbers found, valid:', valid)
      expect(valid.numbers).toBeGreaterThan(40)
      expect(valid.alone).toBeGreaterThanOrEqual(0.9)
      expect(valid.within).toBeGreaterThanOrEqual(0.9)
    })

    test('A9: of what cannot be a number, none is taken alone, and at most 8 of 100 in sentences, where it is "call" that makes a number of it', () => {
      const impossible = rate(['IMPOSSIBLE_CASES'])
      console.info('telephone numbers found, impossible:', impossible)
      expect(impossible.numbers).toBeGreaterThan(10)
      expect(impossible.alone).toBe(0)
      expect(impossible.within).toBeLessThanOrEqual(0.08)
    })
  },
)
