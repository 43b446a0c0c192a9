import { gsmCodes } from './gsm-text.ts'

export type Alphabet = 'gsm' | 'ucs2'

export interface Segmented {
  alphabet: Alphabet
  /** What each message on the air carries, in order; none for an empty text. Joined they are the text. */
  segments: string[]
}

/** Units (7-bit codes, or 16-bit code units) that fit into 140 bytes: alone, and behind the six bytes of a concatenation header. */
const room = { gsm: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * A text as the messages that carry it (3GPP TS 23.040 §9.2.3.24.1): in the GSM alphabet when it has every character, else in UTF-16. An
 * escaped character and a surrogate pair are never torn apart. What a reader sees as one sign (a family emoji, a flag) is not either, unless
 * it is longer than a part, or that alone would cost one more message.
 */
export function segmentText(text: string): Segmented {
  const whole = text.toWellFormed()
  const alphabet: Alphabet = [...whole].every((character) => gsmCodes(character)) ? 'gsm' : 'ucs2'
  if (whole === '') return { alphabet, segments: [] }
  const { alone, part } = room[alphabet]
  if (unitsOf(whole, alphabet) <= alone) return { alphabet, segments: [whole] }
  const tight = pack([...whole], alphabet, part)
  if (alphabet === 'gsm') return { alphabet, segments: tight }
  const kept = pack(
    [...clusters.segment(whole)].flatMap(({ segment }) => (segment.length > part ? [...segment] : [segment])),
    alphabet,
    part,
  )
  return { alphabet, segments: kept.length <= tight.length ? kept : tight }
}

/** What a text counts on the air: an escaped character is two. */
export function unitsOf(text: string, alphabet: Alphabet): number {
  if (alphabet === 'ucs2') return text.length
  let units = 0
  for (const character of text) units += gsmCodes(character)?.length ?? 0
  return units
}

function pack(pieces: readonly string[], alphabet: Alphabet, most: number): string[] {
  const segments: string[] = []
  let segment = ''
  let used = 0
  for (const piece of pieces) {
    const units = unitsOf(piece, alphabet)
    if (used + units > most) {
      segments.push(segment)
      segment = ''
      used = 0
    }
    segment += piece
    used += units
  }
  segments.push(segment)
  return segments
}
