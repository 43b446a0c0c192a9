import { foldUrl, matchesPattern } from '../criteria/index.ts'
import { Wish } from './wish.ts'

interface Pattern {
  readonly text: string
  readonly wish: Wish
}

/** Long enough to be rare, short enough that most patterns have a piece of this length between two `*`. */
const longestGram = 4

/**
 * Wishes for addresses that fit a pattern. Each stands under one short run of characters out of itself, the one under which fewest stand
 * so far: an address that lacks it cannot fit. So a request looks at the patterns of the runs in its own address alone.
 */
export class PatternWishes {
  readonly #byText = new Map<string, Pattern>()
  #byGram = new Map<string, Pattern[]>()
  /** How long the runs are under which any stands. */
  readonly #lengths = new Set<number>()

  of(wanted: string): Wish {
    const text = foldUrl(wanted)
    const known = this.#byText.get(text)
    if (known) return known.wish
    const pattern = { text, wish: new Wish() }
    this.#byText.set(text, pattern)
    this.#file(pattern)
    return pattern.wish
  }

  /** Addresses in the form of `foldUrl`. */
  metBy(urls: readonly string[], meet: (wish: Wish) => void): void {
    const looked = new Set<Pattern[]>()
    for (const url of urls) {
      looked.clear()
      for (const gram of gramsOf(url, this.#lengths)) {
        const patterns = this.#byGram.get(gram)
        if (!patterns || looked.has(patterns)) continue
        looked.add(patterns)
        for (const { text, wish } of patterns) if (matchesPattern(text, url)) meet(wish)
      }
    }
  }

  dropUnused(): void {
    this.#byGram = new Map()
    this.#lengths.clear()
    for (const [text, pattern] of this.#byText) {
      if (pattern.wish.isUsed) this.#file(pattern)
      else this.#byText.delete(text)
    }
  }

  #file(pattern: Pattern): void {
    const pieces = pattern.text.split('*')
    const length = Math.min(longestGram, Math.max(...pieces.map((piece) => piece.length)))
    let rarest = ''
    let fewest = Number.POSITIVE_INFINITY
    for (const piece of pieces) {
      for (let at = 0; at + length <= piece.length; at += 1) {
        const gram = piece.slice(at, at + length)
        const count = this.#byGram.get(gram)?.length ?? 0
        if (count < fewest) [rarest, fewest] = [gram, count]
      }
    }
    this.#lengths.add(length)
    const filed = this.#byGram.get(rarest)
    if (filed) filed.push(pattern)
    else this.#byGram.set(rarest, [pattern])
  }
}

function* gramsOf(url: string, lengths: ReadonlySet<number>): Generator<string> {
  for (const length of lengths) {
    for (let at = 0; at + length <= url.length; at += 1) yield url.slice(at, at + length)
  }
}
