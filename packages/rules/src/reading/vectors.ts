import { type Features, featuresOf } from './features.ts'

/** A text as numbers: which rows of the vocabulary it has, and how much of each. Of length 1 when it has nothing else, shorter when it has. */
export interface Vector {
  readonly rows: Int32Array
  readonly values: Float64Array
}

/** The features that were seen in examples, and how telling each is. */
export interface Vocabulary {
  readonly pairs: boolean
  readonly hashes: Uint32Array
  readonly telling: Float32Array
}

/** A vocabulary with its index: for every hash the row. */
export interface RowFinder {
  readonly vocabulary: Vocabulary
  readonly rowOf: (hash: number) => number
  /** How telling a feature is that was never seen: as much as the rarest. */
  readonly unseen: number
}

/** Features that occur in fewer than `rarest` texts are left out. */
export function readVocabulary(all: readonly Features[], options: { pairs: boolean; rarest: number }): Vocabulary {
  const seen = new Map<number, number>()
  for (const { words, pieces } of all) {
    for (const hash of words.keys()) seen.set(hash, (seen.get(hash) ?? 0) + 1)
    for (const hash of pieces.keys()) seen.set(hash, (seen.get(hash) ?? 0) + 1)
  }
  const kept = [...seen].filter(([, times]) => times >= options.rarest)
  return {
    pairs: options.pairs,
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    // Softer than the usual inverse frequency: in short questions "my" and "not" tell topics apart.
    telling: Float32Array.from(kept, ([, times]) => (Math.log((1 + all.length) / (1 + times)) + 1) ** 0.6),
  }
}

export function findRows(vocabulary: Vocabulary): RowFinder {
  const { hashes } = vocabulary
  const size = 1 << Math.ceil(Math.log2(Math.max(2, hashes.length * 2)))
  const slots = new Int32Array(size).fill(-1)
  hashes.forEach((hash, row) => {
    let slot = spread(hash) & (size - 1)
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1)
    slots[slot] = row
  })
  const rowOf = (hash: number): number => {
    let slot = spread(hash) & (size - 1)
    for (;;) {
      const row = slots[slot] ?? -1
      if (row === -1 || hashes[row] === hash) return row
      slot = (slot + 1) & (size - 1)
    }
  }
  return { vocabulary, rowOf, unseen: vocabulary.telling.reduce((most, each) => Math.max(most, each), 0) }
}

const spread = (hash: number): number => hash ^ (hash >>> 15)

export function vectorOf(text: string, finder: RowFinder): Vector {
  return vectorOfFeatures(featuresOf(text, finder.vocabulary), finder)
}

/**
 * Words and pieces are each brought to their length, so that a long word does not drown its neighbours. What was never seen counts towards the
 * length: a text of strange words stays near zero, where no topic claims it (measured: it doubles what is refused, and costs nothing).
 */
export function vectorOfFeatures({ words, pieces }: Features, finder: RowFinder): Vector {
  const most = words.size + pieces.size
  const rows = new Int32Array(most)
  const values = new Float64Array(most)
  let used = 0
  for (const [group, weight] of [
    [words, WORDS],
    [pieces, PIECES],
  ] as const) {
    const from = used
    let squares = 0
    for (const [hash, times] of group) {
      const row = finder.rowOf(hash)
      if (row < 0) {
        squares += finder.unseen * finder.unseen
        continue
      }
      const value = (times > 1 ? 1 + Math.log(times) : times) * (finder.vocabulary.telling[row] ?? 0)
      rows[used] = row
      values[used++] = value
      squares += value * value
    }
    const scale = squares === 0 ? 0 : weight / Math.sqrt(squares)
    for (let i = from; i < used; i++) values[i] = (values[i] ?? 0) * scale
  }
  return { rows: rows.slice(0, used), values: values.slice(0, used) }
}

// Their squares add up to one.
const WORDS = 0.64
const PIECES = 0.768
