import type { About, HelpRequest, Target } from './criteria.ts'
import { foldUrl } from './matches-pattern.ts'
import { keysOf, numberOf } from './normalise.ts'
import { wordsOf } from './words-of.ts'

/** A request as wishes are compared with it, made once for all who are judged. What is not known is not in it. */
export interface PreparedRequest {
  readonly target: Target | undefined
  /** By what they are about: every normalised wish that is met. Neither `url` nor `words`. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>
  /** The numbers that a `field:`, `page:` or `answer:` tells. */
  readonly numbers: ReadonlyMap<string, readonly number[]>
  readonly urls: readonly string[]
  /** The words said so far, in their order. Empty: none has been said, and so they are not known. */
  readonly words: readonly string[]
}

export function prepareRequest(request: HelpRequest): PreparedRequest {
  const keys = new Map<string, ReadonlySet<string>>()
  const numbers = new Map<string, readonly number[]>()
  for (const [about, values] of factsOf(request)) {
    if (about === 'url') continue
    const met = new Set(values.flatMap((value) => keysOf(about, value)))
    if (met.size > 0) keys.set(about, met)
    const told = about.includes(':') ? values.flatMap((value) => numberOf(value) ?? []) : []
    if (told.length > 0) numbers.set(about, told)
  }
  return {
    target: request.target,
    keys,
    numbers,
    urls: (request.facts.url ?? []).map(foldUrl),
    words: request.text === null ? [] : wordsOf(request.text),
  }
}

function factsOf({ facts }: HelpRequest): [Exclude<About, 'words'>, readonly string[]][] {
  return Object.entries(facts) as [Exclude<About, 'words'>, readonly string[]][]
}
