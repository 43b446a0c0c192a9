/** A text as it reads, without the tricks of characters, and the way back to the text as it was written. */
export type PlainText = {
  readonly text: string
  /** The offset in the original where the plain character at `index` begins. */
  readonly from: (index: number) => number
  /** The offset in the original just after the plain character before `index`. */
  readonly to: (index: number) => number
}

/**
 * Brings look-alike forms to one: NFKC (full-width and circled letters and digits), every script's digits to 0–9, dashes to `-`, dots to `.`,
 * and removes what cannot be seen (zero-width characters, soft hyphens, direction marks, the frame of keycap emoji).
 */
export function plainText(original: string): PlainText {
  if (isPlain(original)) return { text: original, from: same, to: same }
  const parts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const { index, 0: cluster } of original.matchAll(CLUSTER)) {
    const plain = plainCluster(cluster)
    parts.push(plain)
    for (let i = 0; i < plain.length; i++) {
      starts.push(index)
      ends.push(index + cluster.length)
    }
  }
  return {
    text: parts.join(''),
    from: (index) => starts[index] ?? original.length,
    to: (index) => ends[index - 1] ?? 0,
  }
}

const same = (index: number): number => index

function plainCluster(cluster: string): string {
  if (cluster.length === 1 && cluster <= '\x7f') return cluster
  return cluster
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(DASH, '-')
    .replace(DOT, '.')
    .replace(DIGIT, (digit) => String(digitValue(digit)))
}

// Unicode keeps the ten digits of a script together and in order, but the runs do not all begin at a multiple of ten.
// (The mathematical ones, where five runs touch, have become plain digits by NFKC.)
function digitValue(character: string): number {
  const code = character.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && ANY_DIGIT.test(String.fromCodePoint(zero - 1))) zero--
  return code - zero
}

// A letter and the marks upon it are one: both ways of writing "é" come out alike.
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u20e3/gu
const DASH = /[\u2010-\u2015\u2212]/g
const DOT = /[\u3002\u00b7\u2022\u2219]/g
const DIGIT = /(?![0-9])\p{Nd}/gu
const ANY_DIGIT = /\p{Nd}/u
const OTHER =
  /[^ -~\s\p{L}\p{M}\p{P}\p{S}]|\p{Default_Ignorable_Code_Point}|\u20e3|[\u2010-\u2015\u2212\u3002\u00b7\u2022\u2219]/u

const isPlain = (text: string): boolean => isAscii(text) || (!OTHER.test(text) && text.normalize('NFKC') === text)

/** Nothing but the signs of a plain keyboard, which have one form each. */
export const isAscii = (text: string): boolean => ASCII.test(text)

const ASCII = /^[ -~\t\r\n]*$/
