/** A pattern for numbers of an account's own, compiled: `ORD-#####`, `[A-Z]{2}-####`, `4#{3}/##?`. */
export interface NumberPattern {
  readonly source: string
  readonly places: readonly Place[]
}

/** One character of a pattern: what it may be, and whether it may be missing. */
export type Place =
  | { readonly kind: 'one-of'; readonly ranges: readonly (readonly [number, number])[]; readonly optional: boolean }
  | { readonly kind: 'literal'; readonly character: string; readonly optional: boolean }

export type PatternRefusal = {
  readonly ok: false
  readonly refusal:
    | 'empty'
    | 'too-long'
    | 'too-loose'
    | 'unbounded'
    | 'no-groups'
    | 'bad-class'
    | 'bad-repeat'
    | 'nothing-to-repeat'
  /** Where in the pattern, counted from 0. */
  readonly at: number
}

/**
 * `#` is a digit, `[A-Z0-9]` one of these, `{3}` and `{2,4}` repeat what stands before, `?` says it may be missing, `\` takes the next
 * character as it is; every other character is itself. There is nothing in it that could repeat without an end or branch, so a text is
 * searched in one pass, whatever an administrator writes.
 */
export function compileNumberPattern(
  source: string,
): { readonly ok: true; readonly pattern: NumberPattern } | PatternRefusal {
  const characters = [...source]
  if (source.trim() === '') return refuse('empty', 0)
  if (characters.length > MOST_SOURCE) return refuse('too-long', MOST_SOURCE)
  const places: Place[] = []
  for (let at = 0; at < characters.length; ) {
    const step = readPlace(characters, at)
    if ('refusal' in step) return step
    const repeat = readRepeat(characters, step.next)
    if ('refusal' in repeat) return repeat
    for (let i = 0; i < repeat.most; i++) places.push({ ...step.place, optional: i >= repeat.least })
    if (places.length > MOST_PLACES) return refuse('too-long', at)
    at = repeat.next
  }
  const certain = places.filter(({ optional }) => !optional)
  // `#?` would find a number in every text, and `order` is a word, not a number.
  if (certain.length < 3 || !certain.some(({ kind }) => kind === 'one-of')) return refuse('too-loose', 0)
  return { ok: true, pattern: { source, places } }
}

function readPlace(
  characters: readonly string[],
  at: number,
): { readonly place: Place; readonly next: number } | PatternRefusal {
  const character = characters[at] ?? ''
  if (character === '#') return { place: { kind: 'one-of', ranges: [DIGITS], optional: false }, next: at + 1 }
  if (character === '[') return readClass(characters, at)
  if (character === '*' || character === '+') return refuse('unbounded', at)
  if ('()|^$'.includes(character)) return refuse('no-groups', at)
  if ('{?'.includes(character)) return refuse('nothing-to-repeat', at)
  if (']}'.includes(character)) return refuse('bad-class', at)
  const isEscaped = character === '\\'
  const literal = isEscaped ? characters[at + 1] : character
  if (literal === undefined) return refuse('bad-class', at)
  return { place: { kind: 'literal', character: literal, optional: false }, next: at + (isEscaped ? 2 : 1) }
}

function readClass(
  characters: readonly string[],
  from: number,
): { readonly place: Place; readonly next: number } | PatternRefusal {
  const end = characters.indexOf(']', from)
  const inside = characters.slice(from + 1, end)
  if (end < 0 || inside.length === 0 || inside.some((character) => '[^\\'.includes(character)))
    return refuse('bad-class', from)
  const ranges: (readonly [number, number])[] = []
  for (let i = 0; i < inside.length; ) {
    const isRange = inside[i + 1] === '-' && i + 2 < inside.length
    const [low, high] = [codeOf(inside[i]), codeOf(inside[isRange ? i + 2 : i])]
    if (low > high) return refuse('bad-class', from)
    ranges.push([low, high])
    i += isRange ? 3 : 1
  }
  return { place: { kind: 'one-of', ranges, optional: false }, next: end + 1 }
}

function readRepeat(
  characters: readonly string[],
  at: number,
): { readonly least: number; readonly most: number; readonly next: number } | PatternRefusal {
  const character = characters[at]
  if (character === '*' || character === '+') return refuse('unbounded', at)
  if (character === '?') return { least: 0, most: 1, next: at + 1 }
  if (character !== '{') return { least: 1, most: 1, next: at }
  const end = characters.indexOf('}', at)
  const bounds = /^(\d{1,2})(?:,(\d{0,2}))?$/.exec(characters.slice(at + 1, Math.max(at, end)).join(''))
  if (!bounds) return refuse('bad-repeat', at)
  if (bounds[2] === '') return refuse('unbounded', at)
  const least = Number(bounds[1])
  const most = Number(bounds[2] ?? bounds[1])
  if (most < least || most === 0) return refuse('bad-repeat', at)
  return { least, most, next: end + 1 }
}

const refuse = (refusal: PatternRefusal['refusal'], at: number): PatternRefusal => ({ ok: false, refusal, at })
const codeOf = (character: string | undefined): number => character?.codePointAt(0) ?? 0

const DIGITS = [48, 57] as const
const MOST_SOURCE = 200
const MOST_PLACES = 64
