import { plainText } from '../identity/plain-text.ts'
import type { NumberPattern, Place } from './number-pattern.ts'

/** A number found in a text: as the pattern writes it, and where it stands in the text. */
export interface FoundNumber {
  readonly name: string
  readonly value: string
  readonly from: number
  readonly to: number
}

/**
 * Finds numbers that stand by themselves: not inside a longer number or word. Capitals do not matter, and neither does which of the usual
 * separators somebody writes, or whether they write it: `ord 12345` is `ORD-12345`. Of two readings that begin at one place the longer counts.
 * Takes time in proportion to the text, at most 64 steps for each place of a pattern.
 */
export function findNumbers(
  text: string,
  patterns: readonly { readonly name: string; readonly pattern: NumberPattern }[],
): FoundNumber[] {
  const plain = plainText(text.slice(0, LONGEST))
  const found: FoundNumber[] = []
  for (const { name, pattern } of patterns) {
    for (let at = 0; at < plain.text.length; at++) {
      if (isWordUnit(plain.text[at - 1])) continue
      const match = longestMatch(plain.text, at, pattern.places)
      if (!match) continue
      found.push({ name, value: match.value, from: plain.from(at), to: plain.to(match.end) })
      at = match.end - 1
    }
  }
  return found
}

interface Match {
  readonly end: number
  readonly value: string
}

/** Goes through the text once, with every place of the pattern where one could be by now: no way is taken twice, none is gone back. */
function longestMatch(text: string, from: number, places: readonly Place[]): Match | null {
  let best: Match | null = null
  let now = reach(new Map([[0, '']]), places)
  for (let at = from; now.size > 0; at++) {
    const whole = now.get(places.length)
    if (whole !== undefined && !isWordUnit(text[at])) best = { end: at, value: whole }
    const character = text[at]
    if (character === undefined) break
    const next = new Map<number, string>()
    for (const [index, value] of now) {
      const taken = places[index] && takes(places[index], character)
      if (taken && !next.has(index + 1)) next.set(index + 1, value + taken)
    }
    now = reach(next, places)
  }
  return best
}

/** Places that may be missing are stepped over, and so are separators, which the value has all the same. */
function reach(states: Map<number, string>, places: readonly Place[]): Map<number, string> {
  for (let index = 0; index < places.length; index++) {
    const [value, place] = [states.get(index), places[index]]
    if (value === undefined || !place || states.has(index + 1)) continue
    if (place.optional) states.set(index + 1, value)
    else if (index > 0 && separatorOf(place)) states.set(index + 1, value + separatorOf(place))
  }
  return states
}

/** The character as the pattern writes it, or undefined where it does not fit. */
function takes(place: Place, character: string): string | undefined {
  if (place.kind === 'literal') {
    if (separatorOf(place)) return SEPARATORS.includes(character) ? place.character : undefined
    return place.character.toLowerCase() === character.toLowerCase() ? place.character : undefined
  }
  return [character, character.toUpperCase(), character.toLowerCase()].find((each) => {
    const code = each.codePointAt(0) ?? 0
    return each.length === 1 && place.ranges.some(([low, high]) => code >= low && code <= high)
  })
}

function separatorOf(place: Place): string | undefined {
  return place.kind === 'literal' && SEPARATORS.includes(place.character) ? place.character : undefined
}

const isWordUnit = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character)

const SEPARATORS = '-_/. '
const LONGEST = 10_000
