import type { DigitGroup, DigitRun } from './digit-runs.ts'

/** The id of a record, or the hash of a file: hexadecimal figures that mean a thing, and no way to reach anybody. */
export type IdSpan = { readonly from: number; readonly to: number }

/**
 * UUIDs, and words of as many figures as hashes have. There must be letters in several places: who writes a number into such a form
 * by hand is not spared.
 */
export function findIds(text: string): IdSpan[] {
  const found: IdSpan[] = []
  if (!LONG_ENOUGH.test(text)) return found
  for (const { index, 0: id } of text.matchAll(IDS)) {
    if ((id.match(LETTERS)?.length ?? 0) >= 3) found.push({ from: index, to: index + id.length })
  }
  return found
}

/** The runs without the figures of ids: a number that stands beside one is a run of its own. */
export function withoutIds(runs: readonly DigitRun[], ids: readonly IdSpan[]): readonly DigitRun[] {
  if (ids.length === 0) return runs
  let next = 0
  return runs.flatMap(({ groups }) => {
    const parts: DigitGroup[][] = [[]]
    for (const group of groups) {
      while ((ids[next]?.to ?? Number.POSITIVE_INFINITY) <= group.from) next++
      const isOfId = group.from >= (ids[next]?.from ?? Number.POSITIVE_INFINITY)
      if (isOfId) parts.push([])
      else parts.at(-1)?.push(group)
    }
    return parts.filter((part) => part.length > 0).map((part) => ({ groups: part }))
  })
}

const LETTERS = /[a-f]+/gi
const LONG_ENOUGH = /[0-9a-f-]{24}/i
// MD5, SHA-1 and the SHA-2 family; a record of a document store has 24.
const IDS =
  /(?<![\p{L}\p{N}_-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})(?![\p{L}\p{N}_-])/giu
