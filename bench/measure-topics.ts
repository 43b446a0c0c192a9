import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { classify, loadLanguages, packTopics, type TopicModel, trainTopics, unpackTopics } from '@parley/rules'
import { shortLines } from './short-lines.ts'

/** Of a model that has learned so many examples for each topic; shares in percent. */
export interface TopicFigures {
  readonly set: 'BANKING77' | 'CLINC150'
  readonly count: string
  readonly learned: number
  readonly tried: number
  readonly accuracy: number
  /** With what topics are called as a hint. */
  readonly named: number
  readonly kept: number
  /** Of questions about none of the topics; null where the set has none. */
  readonly refused: number | null
  readonly sure: number
  readonly rightWhenSure: number
  readonly rightWhenAsked: number
  readonly trainSeconds: number
  readonly questionUs: number
  readonly modelKb: number
}

export interface LanguageFigures {
  readonly name: string
  readonly lines: number
  readonly right: number
  readonly unknown: number
  readonly us: number
}

type Labelled = readonly [text: string, label: string]

const folder = path.join(import.meta.dirname, '../../shared/data/intents')

/** Null where the collected questions are not beside the project. */
export function measureTopics(): TopicFigures[] | null {
  if (!existsSync(folder)) return null
  const banking = read<'train' | 'train_5' | 'train_10'>('banking77.json')
  const clinc = read<'train' | 'train_5' | 'train_10' | 'val' | 'oos_val' | 'oos_train'>('clinc150.json')
  const strange = [...clinc.oos_val, ...clinc.oos_train]
  const fold = (at: number) => ({
    train: banking.train.filter((_, i) => i % 10 !== at),
    held: banking.train.filter((_, i) => i % 10 === at),
  })
  const without = (learned: readonly Labelled[]) => {
    const texts = new Set(learned.map(([text]) => text))
    return banking.train.filter(([text]) => !texts.has(text))
  }
  const some = (most: number) => firstOfEach(banking.train, most)
  return [
    measure('BANKING77', '5', [{ train: banking.train_5, held: without(banking.train_5) }], null),
    measure('BANKING77', '10', [{ train: banking.train_10, held: without(banking.train_10) }], null),
    measure('BANKING77', '20', [{ train: some(20), held: without(some(20)) }], null),
    measure('BANKING77', '50', [{ train: some(50), held: without(some(50)) }], null),
    measure('BANKING77', 'all', [0, 3, 6, 9].map(fold), null),
    ...(['5', '10', '20', '50', 'all'] as const).map((count) => {
      const train =
        count === '5'
          ? clinc.train_5
          : count === '10'
            ? clinc.train_10
            : count === 'all'
              ? clinc.train
              : firstOfEach(clinc.train, Number(count))
      return measure('CLINC150', count, [{ train, held: clinc.val }], strange)
    }),
  ]
}

function measure(
  set: TopicFigures['set'],
  count: string,
  parts: readonly { readonly train: readonly Labelled[]; readonly held: readonly Labelled[] }[],
  strange: readonly Labelled[] | null,
): TopicFigures {
  const tried = parts.map(({ train, held }) => ({
    ...tryModel(train, held, strange, false),
    named: tryModel(train, held, null, true).accuracy,
  }))
  const mean = (of: (one: (typeof tried)[number]) => number) =>
    tried.reduce((sum, one) => sum + of(one), 0) / tried.length
  const figures: TopicFigures = {
    set,
    count,
    learned: mean(({ learned }) => learned),
    tried: tried.reduce((sum, one) => sum + one.tried, 0),
    accuracy: mean(({ accuracy }) => accuracy),
    named: mean(({ named }) => named),
    kept: mean(({ kept }) => kept),
    refused: strange ? mean(({ refused }) => refused) : null,
    sure: mean(({ sure }) => sure),
    rightWhenSure: mean(({ rightWhenSure }) => rightWhenSure),
    rightWhenAsked: mean(({ rightWhenAsked }) => rightWhenAsked),
    trainSeconds: mean(({ trainSeconds }) => trainSeconds),
    questionUs: mean(({ questionUs }) => questionUs),
    modelKb: mean(({ modelKb }) => modelKb),
  }
  console.log(`  ${set}, ${count}: ${figures.accuracy.toFixed(1)} %`)
  return figures
}

function tryModel(
  train: readonly Labelled[],
  held: readonly Labelled[],
  strange: readonly Labelled[] | null,
  isNamed: boolean,
) {
  const labels = [...new Set(train.map(([, label]) => label))]
  const hints = isNamed ? labels.map((label) => ({ text: label, label })) : []
  const before = processorSeconds()
  const training = trainTopics({ examples: train.map(([text, label]) => ({ text, label })), hints })
  const trainSeconds = processorSeconds() - before
  if (!training.ok) throw new Error(training.refusal)
  const packed = packTopics(training.model)
  const model = unpackTopics(packed)
  if (!model) throw new Error('a stored model is not read')
  const began = processorSeconds()
  const read = held.map(([text, label]) => ({ ...classify(model, text), label }))
  const questionUs = ((processorSeconds() - began) * 1e6) / held.length
  const sure = read.filter(({ topic }) => topic !== null)
  const asked = read.filter(({ ask }) => ask !== null)
  return {
    learned: train.length,
    tried: held.length,
    accuracy: percent(read.filter(({ ranked, label }) => ranked[0]?.label === label).length, read.length),
    kept: percent(read.filter(({ known }) => known).length, read.length),
    refused: strange ? percent(strange.length - countKnown(model, strange), strange.length) : 0,
    sure: percent(sure.length, read.length),
    rightWhenSure: percent(sure.filter(({ topic, label }) => topic === label).length, sure.length),
    rightWhenAsked: percent(asked.filter(({ ask, label }) => ask?.includes(label)).length, asked.length),
    trainSeconds,
    questionUs,
    modelKb: packed.length / 1_000,
  }
}

/** Which language a short line is in: lines written for this, and the lines of our own catalogues of at most so many characters. */
export async function measureLanguages(): Promise<LanguageFigures[]> {
  const ours = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'ru', 'ar', 'ja']
  const detect = await loadLanguages()
  const own = Object.entries(shortLines).flatMap(([language, lines]) => lines.map((line) => [line, language] as const))
  const isOurs = ([, language]: Labelled) => ours.includes(language)
  const catalogue = await readCatalogues(ours)
  const short = catalogue.filter(([line]) => line.length <= 20)
  const rows = [
    ['questions in our eleven languages', own.filter(isOurs)],
    ['questions in nine others', own.filter((each) => !isOurs(each))],
    ['lines of our catalogues', catalogue],
    ['those of at most 20 characters', short],
  ] as const
  return rows.flatMap(([name, lines]) =>
    [ours, []].map((candidates): LanguageFigures => {
      const began = processorSeconds()
      const read = lines.map(([line, language]) => ({ found: detect(line, candidates).language, language }))
      const us = ((processorSeconds() - began) * 1e6) / lines.length
      return {
        name: candidates.length > 0 ? name : `${name}, any language expected`,
        lines: lines.length,
        right: percent(read.filter(({ found, language }) => found === language).length, lines.length),
        unknown: percent(read.filter(({ found }) => found === null).length, lines.length),
        us,
      }
    }),
  )
}

async function readCatalogues(languages: readonly string[]): Promise<Labelled[]> {
  const lines: Labelled[] = []
  for (const language of languages) {
    for (const place of ['apps/panel/src/words', 'packages/server/src/words']) {
      const catalogue: Record<string, unknown> = await import(
        path.join(import.meta.dirname, '..', place, `${language}.ts`)
      )
      for (const value of Object.values(catalogue).flatMap((words) => Object.values(words ?? {}))) {
        if (typeof value !== 'string') continue
        const line = value
          .replaceAll(/\{[^}]*\}/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim()
        if (language === 'ja' ? line.length >= 4 : line.includes(' ')) lines.push([line, language])
      }
    }
  }
  return lines
}

function firstOfEach(examples: readonly Labelled[], most: number): Labelled[] {
  const taken = new Map<string, number>()
  return examples.filter(([, label]) => {
    const count = (taken.get(label) ?? 0) + 1
    taken.set(label, count)
    return count <= most
  })
}

function countKnown(model: TopicModel, questions: readonly Labelled[]): number {
  return questions.filter(([text]) => classify(model, text).known).length
}

function read<Part extends string>(file: string): Record<Part, Labelled[]> {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
}

/** What this process has worked, rather than waited for others on the machine. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole)
