import { createHash } from 'node:crypto'
import { decodings, type Layer } from './leak-decodings.ts'
import { needleFor, sightings } from './leak-needles.ts'

export type Leak = {
  identity: string
  /** What had to be undone to see it, outermost first: `['base64', 'zip docProps/core.xml']`; empty: it stood there plainly. */
  inside: string[]
  /** The words around it. */
  around: string
}

/**
 * Law 6 on raw bytes: finds identities in a mail, a file or any other answer, in whatever coding they stand. Looks into
 * base64 (any alignment, url-safe too), quoted-printable, encoded words, cut parameters, percent, HTML and JSON
 * escapes, hexadecimal, UTF-16, punycode, zip (OOXML), gzip and zlib streams (PDF, PNG), and into each of these inside
 * another. Letter case, folded lines, invisible characters, markup inside a word and the punctuation of telephone
 * numbers make no difference.
 *
 * Each identity is reported once for each way in, the shortest first. Throws where it could not look everywhere: a search that gave up
 * must never read as "nothing found".
 */
export function findLeaks(bytes: Uint8Array | string, identities: readonly string[]): Leak[] {
  const needles = identities.map(needleFor)
  const leaks = new Map<string, Leak>()
  const searched = new Set<string>()
  let total = 0

  // Breadth first: the first way in that is found is the shortest.
  const waiting: Layer[] = [{ bytes: Buffer.from(bytes), inside: [] }]
  for (let layer = waiting.shift(); layer; layer = waiting.shift()) {
    const digest = createHash('sha1').update(layer.bytes).digest('base64')
    if (searched.has(digest)) continue
    searched.add(digest)
    total += layer.bytes.length
    if (total > MAX_BYTES || layer.inside.length > MAX_DEPTH) {
      throw new Error(`too much to search: ${total} bytes so far, in ${layer.inside.join(' > ') || 'the input itself'}`)
    }
    for (const sighting of sightings(layer.bytes, needles)) {
      const way = JSON.stringify([sighting.identity, layer.inside])
      if (!leaks.has(way)) leaks.set(way, { ...sighting, inside: layer.inside })
    }
    waiting.push(...decodings(layer))
  }
  return [...leaks.values()]
}

const MAX_DEPTH = 12
const MAX_BYTES = 2_000_000_000
