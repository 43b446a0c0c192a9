import type { Condition, PreparedRequest } from '../criteria/index.ts'
import { KeyedWishes } from './keyed-wishes.ts'
import { PatternWishes } from './pattern-wishes.ts'
import { PhraseWishes } from './phrase-wishes.ts'
import { RangeWishes } from './range-wishes.ts'
import type { Wish } from './wish.ts'

/**
 * What has to be known for a condition to bind: what it is about; for bounds that it tells a number, since a field may say `many`, and
 * then is known as a text and not as a number.
 */
export type Subject = string

const numberOf = (about: string): Subject => `number ${about}`

export function subjectOf(condition: Condition): Subject {
  return 'oneOf' in condition ? condition.about : numberOf(condition.about)
}

export function knownSubjects({ keys, numbers, urls, words }: PreparedRequest): Subject[] {
  return [
    ...keys.keys(),
    ...[...numbers.keys()].map(numberOf),
    ...(urls.length > 0 ? ['url'] : []),
    ...(words.length > 0 ? ['words'] : []),
  ]
}

/** Everything that anybody wants or does not want, each thing once, and which of it a request meets. */
export class Wishes {
  readonly #keyed = new Map<string, KeyedWishes>()
  readonly #ranges = new Map<string, RangeWishes>()
  readonly #patterns = new PatternWishes()
  readonly #phrases = new PhraseWishes()

  /** The wishes of which one must be met for the condition to hold. */
  of(condition: Condition): Wish[] {
    const { about } = condition
    if (!('oneOf' in condition)) {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = condition
      const ranges = this.#ranges.get(about) ?? new RangeWishes()
      this.#ranges.set(about, ranges)
      return [ranges.of(from, to)]
    }
    if (about === 'words') return condition.oneOf.map((wanted) => this.#phrases.of(wanted))
    if (about === 'url') return condition.oneOf.map((wanted) => this.#patterns.of(wanted))
    const keyed = this.#keyed.get(about) ?? new KeyedWishes(about)
    this.#keyed.set(about, keyed)
    return condition.oneOf.map((wanted) => keyed.of(wanted))
  }

  /** Calls `meet` for every one that the request meets, for some more than once. */
  metBy({ keys, numbers, urls, words }: PreparedRequest, meet: (wish: Wish) => void): void {
    for (const [about, known] of keys) this.#keyed.get(about)?.metBy(known, meet)
    for (const [about, known] of numbers) this.#ranges.get(about)?.metBy(known, meet)
    this.#patterns.metBy(urls, meet)
    this.#phrases.metBy(words, meet)
  }

  dropUnused(): void {
    for (const each of [...this.#keyed.values(), ...this.#ranges.values(), this.#patterns, this.#phrases]) {
      each.dropUnused()
    }
  }
}
