/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string
  readonly hit: boolean
}

const mostWords = 8
const mostLength = 100

/** What is looked for, as words that all have to be there; empty when there is nothing to look for. */
export function searchedWords(query: string): string[] {
  const words = query.normalize('NFC').trim().split(/\s+/u).filter(Boolean)
  return [...new Set(words.map((word) => word.slice(0, mostLength)))].slice(0, mostWords)
}

const before = 40
const after = 120

/** The neighbourhood of the first hit, in which every hit is marked. */
export function excerpt(text: string, words: readonly string[]): Piece[] {
  const found = hitsIn(text, words)
  const start = Math.max(0, (found[0]?.from ?? 0) - before)
  const end = Math.min(text.length, (found[0]?.from ?? 0) + after)
  const pieces: Piece[] = []
  let at = start
  const add = (to: number, hit: boolean) => {
    if (to > at) pieces.push({ text: text.slice(at, to), hit })
    at = Math.max(at, to)
  }
  if (start > 0) pieces.push({ text: '… ', hit: false })
  for (const hit of found) {
    if (hit.from >= end || hit.from < at) continue
    add(hit.from, false)
    add(hit.to, true)
  }
  add(end, false)
  if (end < text.length) pieces.push({ text: ' …', hit: false })
  return pieces
}

function hitsIn(text: string, words: readonly string[]): { from: number; to: number }[] {
  const hits: { from: number; to: number }[] = []
  for (const word of words) {
    // `iu` folds case without changing where letters stand, as lower-casing the whole text would.
    for (const match of text.matchAll(new RegExp(literally(word), 'giu'))) {
      hits.push({ from: match.index, to: match.index + match[0].length })
    }
  }
  return hits.sort((a, b) => a.from - b.from || b.to - a.to)
}

const literally = (word: string) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
