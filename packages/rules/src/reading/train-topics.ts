import { featuresOf } from './features.ts'
import { calibrate, chooseHeldBack, type HeldBack, reportOn, type TopicReport } from './held-back.ts'
import { type Bend, type Sample, separate } from './separate.ts'
import { makeSmall, scoresOf, type TopicModel } from './topic-model.ts'
import { findRows, readVocabulary, type Vector, vectorOfFeatures } from './vectors.ts'

/** A text and what it is about; null for a text that is about none of the topics. */
export interface TopicExample {
  readonly text: string
  readonly label: string | null
}

export interface TopicLesson {
  readonly examples: readonly TopicExample[]
  /** A topic's name, its keywords: learned from, and never held back to measure with. */
  readonly hints?: readonly { readonly text: string; readonly label: string }[]
}

export type TopicTraining =
  | { readonly ok: true; readonly model: TopicModel; readonly report: TopicReport }
  | { readonly ok: false; readonly refusal: 'too-few-topics' | 'too-few-examples' }

/**
 * Learns topics from examples in any languages at once. What the report says, and how far the model trusts itself, comes from examples that
 * were held back while it learned from the others. The same lesson and seed give the same model.
 */
export function trainTopics(lesson: TopicLesson, options: { readonly seed?: number } = {}): TopicTraining {
  const seed = options.seed ?? 1
  const examples = lesson.examples.filter(({ text }) => text.trim() !== '')
  const hints = lesson.hints ?? []
  const labels = [...new Set([...examples, ...hints].flatMap(({ label }) => label ?? []))].sort()
  if (labels.length < 2) return { ok: false, refusal: 'too-few-topics' }
  if (labels.some((label) => !examples.some((example) => example.label === label)) && examples.length < labels.length) {
    return { ok: false, refusal: 'too-few-examples' }
  }
  const task = prepare([...examples, ...hints], labels)
  const held = chooseHeldBack(examples, seed).flatMap((fold) => tryFold(task, fold, seed))
  const { sharpness, knownFrom } = calibrate(held)
  const planes = makeSmall(learn(task, task.samples, seed))
  return {
    ok: true,
    model: { labels, finder: task.finder, planes, sharpness, knownFrom },
    report: reportOn({ held, labels, examples, sharpness, knownFrom }),
  }
}

interface Task {
  readonly labels: readonly string[]
  readonly finder: TopicModel['finder']
  readonly samples: readonly Sample[]
  readonly bend: Bend
}

function prepare(all: readonly TopicExample[], labels: readonly string[]): Task {
  const isLarge = all.length > MANY
  const vocabularyOf = { pairs: !isLarge, rarest: isLarge ? 2 : 1 }
  const features = all.map(({ text }) => featuresOf(text, vocabularyOf))
  const finder = findRows(readVocabulary(features, vocabularyOf))
  const classOf = new Map(labels.map((label, i) => [label, i]))
  const samples = all.map(({ label }, i): Sample => {
    const own = features[i]
    const vector: Vector = own ? vectorOfFeatures(own, finder) : { rows: new Int32Array(), values: new Float64Array() }
    return { vector, class: label === null ? -1 : (classOf.get(label) ?? -1), weight: 1 }
  })
  return { labels, finder, samples, bend: isLarge ? BEND_MANY : BEND_FEW }
}

function tryFold(task: Task, fold: ReadonlySet<number>, seed: number): HeldBack[] {
  const planes = makeSmall(
    learn(
      task,
      task.samples.filter((_, i) => !fold.has(i)),
      seed,
    ),
  )
  return [...fold].flatMap((i): HeldBack[] => {
    const sample = task.samples[i]
    return sample ? [{ class: sample.class, scores: scoresOf(planes, sample.vector) }] : []
  })
}

function learn({ labels, finder, bend }: Task, samples: readonly Sample[], seed: number) {
  return separate(samples, { classes: labels.length, rows: finder.vocabulary.hashes.length, bend }, seed)
}

// From here on features seen once are slips of the pen, and words that stand apart add weight and no accuracy.
const MANY = 2_000
// Each class stands against all others together, and the fewer its examples, the easier they are outvoted.
const BEND_FEW: Bend = { give: 0.5, own: 20 }
const BEND_MANY: Bend = { give: 1, own: 5 }
