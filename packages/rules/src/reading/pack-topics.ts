import type { TopicModel } from './topic-model.ts'
import { findRows } from './vectors.ts'

/** A model as bytes, to be stored: a header of JSON, then its tables. About 80 bytes for each feature of a model with 77 topics. */
export function packTopics(model: TopicModel): Uint8Array {
  const { vocabulary } = model.finder
  const header: Header = {
    format: FORMAT,
    labels: model.labels,
    rows: vocabulary.hashes.length,
    pairs: vocabulary.pairs,
    sharpness: model.sharpness,
    knownFrom: model.knownFrom,
  }
  const start = new TextEncoder().encode(JSON.stringify(header))
  const tables = [
    vocabulary.hashes,
    vocabulary.telling,
    model.planes.scales,
    model.planes.bias,
    model.planes.weights,
  ].map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength))
  const packed = new Uint8Array(4 + start.length + tables.reduce((sum, { length }) => sum + length, 0))
  new DataView(packed.buffer).setUint32(0, start.length, true)
  packed.set(start, 4)
  let at = 4 + start.length
  for (const table of tables) {
    packed.set(table, at)
    at += table.length
  }
  return packed
}

/** Null for what this version does not read: then the model is to be trained anew from its examples, which are the truth. */
export function unpackTopics(packed: Uint8Array): TopicModel | null {
  if (packed.length < 4) return null
  const length = new DataView(packed.buffer, packed.byteOffset, 4).getUint32(0, true)
  const header = readHeader(packed.subarray(4, 4 + length))
  if (!header) return null
  const classes = header.labels.length
  const { rows } = header
  if (packed.length !== 4 + length + rows * 12 + classes * 4 + rows * classes) return null
  let at = 4 + length
  // Copied, since tables of numbers must begin at multiples of four.
  const take = (bytes: number): ArrayBuffer => {
    at += bytes
    return new Uint8Array(packed.subarray(at - bytes, at)).buffer
  }
  const hashes = new Uint32Array(take(rows * 4))
  const telling = new Float32Array(take(rows * 4))
  const scales = new Float32Array(take(rows * 4))
  const bias = new Float32Array(take(classes * 4))
  const weights = new Int8Array(take(rows * classes))
  return {
    labels: header.labels,
    finder: findRows({ pairs: header.pairs, hashes, telling }),
    planes: { classes, weights, scales, bias },
    sharpness: header.sharpness,
    knownFrom: header.knownFrom,
  }
}

interface Header {
  readonly format: typeof FORMAT
  readonly labels: readonly string[]
  readonly rows: number
  readonly pairs: boolean
  readonly sharpness: number
  readonly knownFrom: number
}

function readHeader(bytes: Uint8Array): Header | null {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  return isHeader(value) ? value : null
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false
  const { format, labels, rows, pairs, sharpness, knownFrom } = value as Partial<Record<keyof Header, unknown>>
  return (
    format === FORMAT &&
    Array.isArray(labels) &&
    labels.every((label) => typeof label === 'string') &&
    Number.isSafeInteger(rows) &&
    typeof pairs === 'boolean' &&
    typeof sharpness === 'number' &&
    typeof knownFrom === 'number'
  )
}

// Raised whenever features are made differently: a model means nothing with other features than its own.
const FORMAT = 1
