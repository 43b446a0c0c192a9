/** What a text is made of, as hashed features and how often each occurs: whole words and their neighbours, and pieces of words. */
export interface Features {
  readonly words: ReadonlyMap<number, number>
  readonly pieces: ReadonlyMap<number, number>
}

/**
 * Pieces of words carry endings, compounds and slips of the pen, words that stand together carry what is meant. `pairs` adds words that stand
 * apart: worth half a point while examples are few, and only weight once there are thousands.
 */
export function featuresOf(text: string, options: { readonly pairs: boolean }): Features {
  const words = wordsOf(text)
  const hashes = words.map((word) => hashOf(word, WORD))
  const found = new Map<number, number>()
  const pieces = new Map<number, number>()
  for (const hash of hashes) add(found, hash, 1)
  for (let i = 0; i <= hashes.length; i++)
    add(found, mix(hashes[i - 1] ?? EDGE, hashes[i] ?? EDGE), options.pairs ? 0.7 : 1.4)
  if (options.pairs) addPairs(found, hashes)
  for (const word of words) addPieces(pieces, word)
  return { words: found, pieces }
}

/** Words as they are compared: without case and accents, digits as so many zeros, scripts without spaces cut into pairs of characters. */
function wordsOf(text: string): string[] {
  const plain = text.slice(0, LONGEST).normalize('NFKD').toLowerCase().replace(MARKS, '').replace(APOSTROPHES, "'")
  const words: string[] = []
  for (const [run] of plain.matchAll(RUN)) {
    if (words.length >= MOST_WORDS) break
    if (DIGITS.test(run)) words.push('0000'.slice(0, run.length))
    else if (SPACELESS.test(run)) words.push(...charactersInPairs(run.normalize('NFC')))
    else words.push(run.replaceAll("'", ''))
  }
  return words
}

function charactersInPairs(run: string): string[] {
  const characters = [...run]
  return characters.length < 2 ? characters : characters.slice(1).map((character, i) => `${characters[i]}${character}`)
}

function addPairs(found: Map<number, number>, hashes: readonly number[]): void {
  const near = Math.min(hashes.length, PAIRED)
  for (let i = 0; i < near; i++) {
    for (let j = i + 2; j < near; j++) {
      const [a, b] = [hashes[i] ?? 0, hashes[j] ?? 0]
      add(found, mix(Math.min(a, b) ^ APART, Math.max(a, b)), 0.5)
    }
  }
}

function addPieces(pieces: Map<number, number>, word: string): void {
  const framed = ` ${word} `
  for (let start = 0; start < framed.length; start++) {
    let hash = PIECE
    for (let end = start; end < Math.min(framed.length, start + LONGEST_PIECE); end++) {
      hash = step(hash, framed.charCodeAt(end))
      if (end > start) add(pieces, hash >>> 0, 1)
    }
  }
}

function hashOf(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i))
  return hash >>> 0
}

const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193)
const mix = (a: number, b: number): number => Math.imul(Math.imul(a, 0x9e3779b1) ^ (b >>> 15) ^ b, 0x85ebca6b) >>> 0

function add(to: Map<number, number>, hash: number, times: number): void {
  to.set(hash, (to.get(hash) ?? 0) + times)
}

// Beyond this a text is a report, not a question; what it is about has been said.
const LONGEST = 2_000
const MOST_WORDS = 300
const PAIRED = 40
const LONGEST_PIECE = 5

const WORD = 0x811c9dc5
const PIECE = 0x2f0b4c47
const EDGE = 0x51ed270b
const APART = 0x3c6ef372

const MARKS = /[\u0300-\u036f\u064b-\u0652\u0640]/g
const APOSTROPHES = /[’ʼ`´]/g
const RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3099\u309a\u30fc\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+|\p{N}+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}'])+/gu
const DIGITS = /^\p{N}/u
const SPACELESS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
