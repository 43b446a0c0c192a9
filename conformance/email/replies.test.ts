import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspectEmail } from '@parley/channel-email'
import EmailReplyParser from 'email-reply-parser'
import { beforeAll, describe, expect, test } from 'vitest'

/**
 * Replies that other projects collected and annotated by hand. They stay outside the project: where the folder is missing
 * these tests are skipped. Sets disagree about sign-offs and signatures, so a mail counts when the visible text is the expected
 * one either as it is or with the signature that was cut put back. Of the words of the writer none may fall to a quote.
 */
const folder = fileURLToPath(new URL('../../../shared/data/email-replies/', import.meta.url))
const isHere = existsSync(`${folder}index.json`)

type Sample = { id: string; source: string; eml: string; body: string; expected: string }
type Score = { mails: number; exact: number; either: number; library: number; lostWords: number; lostMails: string[] }

/** What the best of five libraries reaches (the data's README), in percent. */
const best: Record<string, number> = { 'email-reply-parser': 78.6, quotequail: 83, apache: 87.6, enron: 51.8 }

describe.skipIf(!isHere)(
  isHere ? 'collected replies' : 'collected replies: skipped, ../shared/data/email-replies is not here',
  () => {
    const scores: Record<string, Score> = {}

    beforeAll(async () => {
      const samples: Sample[] = JSON.parse(readFileSync(`${folder}index.json`, 'utf8'))
      for (const sample of samples) {
        scores[setOf(sample)] ??= { mails: 0, exact: 0, either: 0, library: 0, lostWords: 0, lostMails: [] }
        const score = scores[setOf(sample)]
        if (score) await count(sample, score)
      }
      console.table(
        Object.fromEntries(
          Object.entries(scores).map(([set, { mails, exact, either, library, lostWords }]) => [
            set,
            {
              mails,
              exact: percent(exact, mails),
              either: percent(either, mails),
              'email-reply-parser': percent(library, mails),
              lostWords,
            },
          ]),
        ),
      )
    })

    test.each(Object.keys(best))(
      'A9: replies of the set %s come out at least as well as with the best library',
      (set) => {
        const score = scores[set]
        expect(score).toBeDefined()
        if (score) expect(percent(score.either, score.mails)).toBeGreaterThanOrEqual(best[set] ?? 100)
      },
    )

    test('A9: no word that a person wrote falls to a quote', () => {
      // In two Enron mails the annotation counts the name and date above a copied Lotus header as the writer's: seven words.
      expect(Object.entries(scores).map(([set, { lostWords }]) => [set, lostWords])).toEqual(
        expect.arrayContaining([
          ['email-reply-parser', 0],
          ['quotequail', 0],
          ['apache', 0],
        ]),
      )
      expect(scores.enron?.lostWords).toBeLessThanOrEqual(7)
      expect(scores.enron?.lostMails.length).toBeLessThanOrEqual(2)
    })
  },
)

async function count(sample: Sample, score: Score): Promise<void> {
  const read = (file: string) => readFileSync(folder + file)
  const expected = read(sample.expected).toString()
  const { full, visible, cuts } = await inspectEmail(read(sample.eml), { ownDomains: ['desk.example.net'] })
  const quotesOnly = cuts
    .filter(({ why }) => why !== 'signature' && why !== 'disclaimer')
    .reduceRight((text, { from, to }) => text.slice(0, from) + text.slice(to), full)
  const isExact = fold(visible) === fold(expected)
  score.mails++
  if (isExact) score.exact++
  if (isExact || fold(quotesOnly) === fold(expected)) score.either++
  if (fold(new EmailReplyParser().parseReply(read(sample.body).toString())) === fold(expected)) score.library++
  const lost = missingWords(expected, quotesOnly)
  score.lostWords += lost
  if (lost > 0) score.lostMails.push(sample.id)
}

function setOf({ id, source }: Sample): string {
  if (id.includes('_ASF_')) return 'apache'
  return id.includes('Enron') ? 'enron' : (source.split('/').at(-1) ?? source)
}

function missingWords(expected: string, found: string): number {
  const left = new Map<string, number>()
  for (const word of fold(found).split(' ')) left.set(word, (left.get(word) ?? 0) + 1)
  let missing = 0
  for (const word of fold(expected).split(' ')) {
    const more = left.get(word) ?? 0
    if (more === 0) missing++
    else left.set(word, more - 1)
  }
  return missing
}

const fold = (text: string) => text.replace(/\s+/g, ' ').trim()
const percent = (part: number, whole: number) => Math.round((1000 * part) / whole) / 10
