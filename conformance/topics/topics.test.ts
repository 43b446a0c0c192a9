import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { classify, packTopics, type TopicModel, trainTopics, unpackTopics } from '@parley/rules'
import { describe, expect, test } from 'vitest'

/**
 * Questions that others collected and labelled, BANKING77 and CLINC150. They stay outside the project: where the folder is missing
 * these tests are skipped. Nothing is measured on what was learned from. The figures at length: `npm run bench topics`.
 */
const folder = fileURLToPath(new URL('../../../shared/data/intents/', import.meta.url))
const isHere = existsSync(`${folder}banking77.json`)

type Labelled = readonly [text: string, label: string]

function read<Part extends string>(file: string): Record<Part, Labelled[]> {
  return JSON.parse(readFileSync(folder + file, 'utf8'))
}

function learn(examples: readonly Labelled[]): TopicModel {
  const training = trainTopics({ examples: examples.map(([text, label]) => ({ text, label })) })
  if (!training.ok) throw new Error(training.refusal)
  const stored = unpackTopics(packTopics(training.model))
  if (!stored) throw new Error('a stored model is not read')
  return stored
}

const percent = (part: number, whole: number): number => (100 * part) / whole
const rightOf = (model: TopicModel, held: readonly Labelled[]): number =>
  percent(held.filter(([text, label]) => classify(model, text).ranked[0]?.label === label).length, held.length)

describe.skipIf(!isHere)(
  isHere ? 'collected questions' : 'collected questions: skipped, ../shared/data/intents is not here',
  { timeout: 300_000 },
  () => {
    test('D3: with ten examples for each of 77 topics, three of four questions are read rightly', () => {
      const { train, train_10 } = read<'train' | 'train_10'>('banking77.json')
      const learned = new Set(train_10.map(([text]) => text))
      const held = train.filter(([text]) => !learned.has(text))
      expect(held.length).toBeGreaterThan(9_000)
      expect(rightOf(learn(train_10), held)).toBeGreaterThanOrEqual(75)
    })

    test('D3: with all examples, 91 of 100 questions that were held back are read rightly', () => {
      const { train } = read<'train'>('banking77.json')
      const tenths = [0, 3, 6, 9].map((tenth) => {
        const model = learn(train.filter((_, i) => i % 10 !== tenth))
        return rightOf(
          model,
          train.filter((_, i) => i % 10 === tenth),
        )
      })
      expect(tenths.reduce((sum, right) => sum + right, 0) / tenths.length).toBeGreaterThanOrEqual(91)
    })

    test('D3: half of the questions about none of the topics are refused, while 95 of 100 others are kept', () => {
      const { train, val, oos_train, oos_val } = read<'train' | 'val' | 'oos_train' | 'oos_val'>('clinc150.json')
      const model = learn(train)
      const known = (questions: readonly Labelled[]) =>
        percent(questions.filter(([text]) => classify(model, text).known).length, questions.length)
      expect(known(val)).toBeGreaterThanOrEqual(95)
      expect(known([...oos_train, ...oos_val])).toBeLessThanOrEqual(50)
      expect(rightOf(model, val)).toBeGreaterThanOrEqual(91)
    })
  },
)
