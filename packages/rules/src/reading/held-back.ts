import { seededRandom } from './seeded-random.ts'
import { highest, SURE_FROM, sharesOf } from './topic-model.ts'
import type { TopicExample } from './train-topics.ts'

/** An example that was not learned from: its class (-1: none), and what the others say of it. */
export interface HeldBack {
  readonly class: number
  readonly scores: Float64Array
}

/** How well topics are told apart, on examples that were held back. Shares are from 0 to 1; null where nothing could be held back. */
export interface TopicReport {
  readonly examples: number
  readonly heldBack: number
  /** The first topic is right. */
  readonly accuracy: number | null
  /** Held to be about some topic at all. */
  readonly kept: number | null
  /** Taken without asking, and how often that was right. */
  readonly sure: number | null
  readonly rightWhenSure: number | null
  /** How often one of both is right, where two are asked about. */
  readonly rightWhenAsked: number | null
  readonly topics: readonly { readonly label: string; readonly examples: number; readonly accuracy: number | null }[]
  /** Most frequent first. */
  readonly confusions: readonly { readonly asked: string; readonly takenFor: string; readonly times: number }[]
}

/**
 * Parts of the examples to hold back, one after the other. Every tenth of a topic at most (of a topic with fewer, one at a time), never the only one of a topic. Where examples are
 * many one part says enough, and learning ten times over would take minutes.
 */
export function chooseHeldBack(examples: readonly TopicExample[], seed: number): Set<number>[] {
  const random = seededRandom(seed)
  const byLabel = new Map<string, number[]>()
  examples.forEach(({ label }, i) => {
    if (label === null) return
    const own = byLabel.get(label) ?? []
    own.splice(Math.floor(random() * (own.length + 1)), 0, i)
    byLabel.set(label, own)
  })
  const folds = Array.from({ length: FOLDS }, () => new Set<number>())
  let next = 0
  for (const own of byLabel.values()) {
    if (own.length < 2) continue
    for (const i of own) folds[next++ % FOLDS]?.add(i)
  }
  const some = folds.filter((fold) => fold.size > 0)
  return examples.length > MANY ? some.slice(0, 1) : some
}

/** How scores become confidences, and from which score on something is known. */
export function calibrate(held: readonly HeldBack[]): { readonly sharpness: number; readonly knownFrom: number } {
  if (held.length === 0) return { sharpness: UNTRIED_SHARPNESS, knownFrom: UNTRIED_KNOWN_FROM }
  const surprise = (sharpness: number): number =>
    held.reduce(
      (sum, { class: own, scores }) => sum - Math.log(Math.max(1e-9, sharesOf(scores, sharpness)[own] ?? 0)),
      0,
    )
  const tops = held.map(({ scores }) => highest(scores)).sort((a, b) => a - b)
  return {
    sharpness: lowest(surprise, 0.5, 30),
    knownFrom: tops[Math.floor(tops.length * REFUSED)] ?? UNTRIED_KNOWN_FROM,
  }
}

export function reportOn(tried: {
  readonly held: readonly HeldBack[]
  readonly labels: readonly string[]
  readonly examples: readonly TopicExample[]
  readonly sharpness: number
  readonly knownFrom: number
}): TopicReport {
  const { held, labels, examples } = tried
  const seen = held.map(({ class: own, scores }) => {
    const shares = sharesOf(scores, tried.sharpness)
    const order = Array.from(shares.keys()).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0))
    const isKept = highest(scores) >= tried.knownFrom
    const isSure = isKept && (shares[order[0] ?? 0] ?? 0) >= SURE_FROM
    return { own, first: order[0] ?? 0, second: order[1], isKept, isSure }
  })
  const right = seen.filter(({ own, first }) => own === first)
  const sure = seen.filter(({ isSure }) => isSure)
  const asked = seen.filter(({ isKept, isSure }) => isKept && !isSure)
  return {
    examples: examples.length,
    heldBack: held.length,
    accuracy: share(right.length, seen.length),
    kept: share(seen.filter(({ isKept }) => isKept).length, seen.length),
    sure: share(sure.length, seen.length),
    rightWhenSure: share(sure.filter(({ own, first }) => own === first).length, sure.length),
    rightWhenAsked: share(
      asked.filter(({ own, first, second }) => own === first || own === second).length,
      asked.length,
    ),
    topics: labels.map((label, i) => {
      const own = seen.filter((each) => each.own === i)
      const accuracy = share(own.filter(({ first }) => first === i).length, own.length)
      return { label, examples: examples.filter((example) => example.label === label).length, accuracy }
    }),
    confusions: confusionsOf(seen, labels),
  }
}

function confusionsOf(
  seen: readonly { readonly own: number; readonly first: number }[],
  labels: readonly string[],
): TopicReport['confusions'] {
  const times = new Map<number, number>()
  for (const { own, first } of seen) {
    if (own !== first) times.set(own * labels.length + first, (times.get(own * labels.length + first) ?? 0) + 1)
  }
  return [...times]
    .sort(([a, most], [b, fewer]) => fewer - most || a - b)
    .slice(0, MOST_CONFUSIONS)
    .map(([pair, count]) => ({
      asked: labels[Math.floor(pair / labels.length)] ?? '',
      takenFor: labels[pair % labels.length] ?? '',
      times: count,
    }))
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** Where a function with one valley is lowest between two bounds, by golden section on a logarithmic scale. */
function lowest(of: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let [a, b] = [Math.log(from), Math.log(to)]
  for (let i = 0; i < 20; i++) {
    const [left, right] = [b - golden * (b - a), a + golden * (b - a)]
    if (of(Math.exp(left)) < of(Math.exp(right))) b = right
    else a = left
  }
  return Math.exp((a + b) / 2)
}

const FOLDS = 10
const MANY = 2_000
// Three in a hundred of the account's own questions may be taken for a stranger's: those are asked, not lost.
const REFUSED = 0.03
const MOST_CONFUSIONS = 200
const UNTRIED_SHARPNESS = 3
const UNTRIED_KNOWN_FROM = -0.5
