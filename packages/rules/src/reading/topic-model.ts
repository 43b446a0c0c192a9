import type { Planes } from './separate.ts'
import { type RowFinder, type Vector, vectorOf } from './vectors.ts'

/** What was learned from examples: enough to say what a text is about, and how far to trust it. */
export interface TopicModel {
  readonly labels: readonly string[]
  readonly finder: RowFinder
  readonly planes: SmallPlanes
  /** How a difference of scores becomes a difference of confidence; found on examples held back. */
  readonly sharpness: number
  /** What no topic claims with this score is about none of them; found on examples held back. */
  readonly knownFrom: number
}

/** Planes in a quarter of the room: a byte for each weight, scaled row by row. The order of topics does not change by it. */
export interface SmallPlanes {
  readonly classes: number
  readonly weights: Int8Array
  readonly scales: Float32Array
  readonly bias: Float32Array
}

/** What a text is about. */
export interface TopicReading {
  /** All topics, likeliest first; confidences add up to one and mean "so often right", where something is known at all. */
  readonly ranked: readonly { readonly label: string; readonly confidence: number }[]
  /** False: about none of the topics. */
  readonly known: boolean
  /** The topic, where it is sure enough. */
  readonly topic: string | null
  /** Two topics to ask about, where it is known and not sure. */
  readonly ask: readonly [string, string] | null
}

/** Below `sureFrom` a topic is asked about rather than taken. With `among` no other topics come into question. */
export function classify(
  model: TopicModel,
  text: string,
  options: { readonly sureFrom?: number; readonly among?: ReadonlySet<string> } = {},
): TopicReading {
  const vector = vectorOf(text, model.finder)
  const all = scoresOf(model.planes, vector)
  const { among } = options
  const labels = among ? model.labels.filter((label) => among.has(label)) : model.labels
  const scores = among ? all.filter((_, i) => among.has(model.labels[i] ?? '')) : all
  const shares = sharesOf(scores, model.sharpness)
  const ranked = labels
    .map((label, i) => ({ label, confidence: shares[i] ?? 0 }))
    .sort((a, b) => b.confidence - a.confidence)
  const [first, second] = ranked
  const known = seenShare(vector) >= LEAST_SEEN && highest(scores) >= model.knownFrom
  if (!known || !first) return { ranked, known: false, topic: null, ask: null }
  if (first.confidence >= (options.sureFrom ?? SURE_FROM)) return { ranked, known, topic: first.label, ask: null }
  return { ranked, known, topic: null, ask: second ? [first.label, second.label] : null }
}

/** How much of what the text says was ever seen in an example. */
function seenShare({ values }: Vector): number {
  return values.reduce((sum, value) => sum + value * value, 0)
}

export const SURE_FROM = 0.6
// Where examples are few, held back ones score so low that a text of strange words would pass: a few letters in common are no evidence.
const LEAST_SEEN = 0.2

export function scoresOf(planes: SmallPlanes, { rows, values }: Vector): Float64Array {
  const { classes, weights, scales, bias } = planes
  const scores = Float64Array.from(bias)
  for (let j = 0; j < rows.length; j++) {
    const row = rows[j] ?? 0
    const value = (values[j] ?? 0) * (scales[row] ?? 0)
    const from = row * classes
    for (let k = 0; k < classes; k++) scores[k] = (scores[k] ?? 0) + (weights[from + k] ?? 0) * value
  }
  return scores
}

/** Scores as shares of one (softmax): the sharper, the more the first has. */
export function sharesOf(scores: Float64Array, sharpness: number): Float64Array {
  const top = highest(scores)
  const shares = scores.map((score) => Math.exp(sharpness * (score - top)))
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map((share) => share / sum)
}

export const highest = (scores: Float64Array): number =>
  scores.reduce((most, score) => Math.max(most, score), -Infinity)

export function makeSmall({ classes, weights, bias }: Planes): SmallPlanes {
  const rows = weights.length / Math.max(1, classes)
  const scales = new Float32Array(rows)
  const small = new Int8Array(weights.length)
  for (let row = 0; row < rows; row++) {
    const own = weights.subarray(row * classes, (row + 1) * classes)
    const most = own.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0)
    if (most === 0) continue
    scales[row] = most / 127
    for (let k = 0; k < classes; k++) small[row * classes + k] = Math.round(((own[k] ?? 0) / most) * 127)
  }
  return { classes, weights: small, scales, bias }
}
