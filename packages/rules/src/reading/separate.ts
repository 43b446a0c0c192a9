import { seededRandom } from './seeded-random.ts'
import type { Vector } from './vectors.ts'

/** For every class a plane: weights row by row (`weights[row * classes + class]`) and where it stands. */
export interface Planes {
  readonly classes: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

export interface Sample {
  readonly vector: Vector
  /** Its class; -1 belongs to none and only pushes away. */
  readonly class: number
  readonly weight: number
}

/** How far a plane gives way to samples on the wrong side, rather than turn for them, and how many times a sample of its own class counts. */
export interface Bend {
  readonly give: number
  readonly own: number
}

/**
 * One plane for each class against all others (linear support vectors, squared hinge), found by dual coordinate descent: Hsieh and others,
 * "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008, with its shrinking. The same samples and seed give the same planes.
 */
export function separate(
  samples: readonly Sample[],
  shape: { readonly classes: number; readonly rows: number; readonly bend: Bend },
  seed: number,
): Planes {
  const { classes, rows, bend } = shape
  const weights = new Float32Array(rows * classes)
  const bias = new Float32Array(classes)
  const squares = Float64Array.from(samples, ({ vector }) =>
    vector.values.reduce((sum, value) => sum + value * value, 1),
  )
  const random = seededRandom(seed)
  const inOne = layOut(samples)
  const plane = new Float64Array(rows)
  for (let each = 0; each < classes; each++) {
    plane.fill(0)
    bias[each] = findPlane({ samples, squares, inOne, own: each, random, bend }, plane)
    for (let row = 0; row < rows; row++) weights[row * classes + each] = plane[row] ?? 0
  }
  return { classes, weights, bias }
}

/** All vectors one behind the other: sample i is `from[i]` up to `from[i + 1]`. Most of the time goes by in walking along them. */
interface InOne {
  readonly from: Int32Array
  readonly rows: Int32Array
  readonly values: Float64Array
}

function layOut(samples: readonly Sample[]): InOne {
  const from = new Int32Array(samples.length + 1)
  samples.forEach(({ vector }, i) => {
    from[i + 1] = (from[i] ?? 0) + vector.rows.length
  })
  const all = from[samples.length] ?? 0
  const inOne = { from, rows: new Int32Array(all), values: new Float64Array(all) }
  samples.forEach(({ vector }, i) => {
    inOne.rows.set(vector.rows, from[i])
    inOne.values.set(vector.values, from[i])
  })
  return inOne
}

interface Task {
  readonly samples: readonly Sample[]
  readonly squares: Float64Array
  readonly inOne: InOne
  readonly own: number
  readonly random: () => number
  readonly bend: Bend
}

function findPlane({ samples, squares, inOne, own, random, bend }: Task, plane: Float64Array): number {
  const { from, rows, values } = inOne
  const sides = Int8Array.from(samples, (sample) => (sample.class === own ? 1 : -1))
  const gives = Float64Array.from(samples, (sample) =>
    sample.class === own ? bend.give / (bend.own * sample.weight) : bend.give / sample.weight,
  )
  const pull = new Float64Array(samples.length)
  const order = Int32Array.from(samples, (_, i) => i)
  let active = samples.length
  let bias = 0
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order.subarray(0, active), random)
    let furthest = 0
    for (let at = 0; at < active; at++) {
      const i = order[at] ?? 0
      const side = sides[i] ?? 0
      const give = gives[i] ?? 0
      const begin = from[i] ?? 0
      const end = from[i + 1] ?? 0
      let score = bias
      for (let j = begin; j < end; j++) score += (plane[rows[j] ?? 0] ?? 0) * (values[j] ?? 0)
      const before = pull[i] ?? 0
      const slope = side * score - 1 + give * before
      if (before === 0 && slope > 0) {
        if (slope > FAR && round > 2) {
          order[at--] = order[--active] ?? 0
          order[active] = i
        }
        continue
      }
      furthest = Math.max(furthest, Math.abs(slope))
      const after = Math.max(0, before - slope / ((squares[i] ?? 1) + give))
      pull[i] = after
      const change = (after - before) * side
      bias += change
      for (let j = begin; j < end; j++) {
        const row = rows[j] ?? 0
        plane[row] = (plane[row] ?? 0) + change * (values[j] ?? 0)
      }
    }
    if (furthest < CLOSE) break
  }
  return bias
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = kept
  }
}

const ROUNDS = 20
const FAR = 0.1
const CLOSE = 0.05
