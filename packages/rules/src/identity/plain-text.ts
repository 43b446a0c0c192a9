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
  let offset = 0
  for (const character of original) {
    const next = offset + character.length
    const plain = plainCharacter(character)
    parts.push(plain)
    for (let i = 0; i < plain.length; i++) {
      starts.push(offset)
      ends.push(next)
    }
    offset = next
  }
  return {
    text: parts.join(''),
    from: (index) => starts[index] ?? original.length,
    to: (index) => ends[index - 1] ?? 0,
  }
}

const same = (index: number): number => index

function plainCharacter(character: string): string {
  if (character <= '\x7f') return character
  if (INVISIBLE.test(character)) return ''
  if (DASH.test(character)) return '-'
  if (DOT.test(character)) return '.'
  if (DIGIT.test(character)) return String(digitValue(character))
  return character.normalize('NFKC')
}

// Unicode keeps the ten digits of a script together and in order, but the runs do not all begin at a multiple of ten.
function digitValue(character: string): number {
  const code = character.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--
  // The mathematical digits (five sets of ten side by side) are the one place where scripts' digits touch.
  return code >= 0x1d7ce && code <= 0x1d7ff ? (code - 0x1d7ce) % 10 : code - zero
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u20e3/u
const DASH = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/
const DOT = /[\u3002\uff61\uff0e\u00b7\u2022\u2219\u2024]/
const DIGIT = /\p{Nd}/u
const OTHER =
  /[^ -~\s\p{L}\p{M}\p{P}\p{S}]|\p{Default_Ignorable_Code_Point}|\u20e3|[\u2010-\u2015\u2212\u3002\u00b7\u2022\u2219]/u

const isPlain = (text: string): boolean => ASCII.test(text) || (!OTHER.test(text) && text.normalize('NFKC') === text)

const ASCII = /^[ -~\t\r\n]*$/
