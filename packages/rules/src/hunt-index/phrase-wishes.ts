import { phraseOf } from '../criteria/index.ts'
import { Wish } from './wish.ts'

/** What may follow after the same words. */
interface Step {
  next: Map<string, Step> | null
  /** The phrase that ends here. */
  whole: Wish | null
  /** Phrases whose last word is open: `roof leak*`. */
  open: OpenWords | null
}

interface OpenWords {
  readonly byStem: Map<string, Wish>
  /** Every length that a stem has, rising, by the character it begins with. */
  readonly lengths: Map<number, number[]>
}

/**
 * Wishes for words and phrases, as a tree of their words: from each word of a text one walks along the phrases that begin there, for as
 * long as there are any. So a long text costs its length, however many phrases there are.
 */
export class PhraseWishes {
  readonly #start: Step = emptyStep()
  /** One without any word in it is met by nothing. */
  readonly #never = new Wish()

  of(wanted: string): Wish {
    const phrase = phraseOf(wanted)
    if (phrase.words.length === 0) return this.#never
    const last = phrase.words.at(-1) ?? ''
    let step = this.#start
    for (const word of phrase.isOpen ? phrase.words.slice(0, -1) : phrase.words) step = stepTo(step, word)
    if (phrase.isOpen) return openWish(step, last)
    step.whole ??= new Wish()
    return step.whole
  }

  metBy(words: readonly string[], meet: (wish: Wish) => void): void {
    for (let start = 0; start < words.length; start += 1) {
      let step: Step | undefined = this.#start
      for (let at = start; at < words.length && step; at += 1) {
        const word: string = words[at] ?? ''
        if (step.open) meetOpen(step.open, word, meet)
        step = step.next?.get(word)
        if (step?.whole) meet(step.whole)
      }
    }
  }

  dropUnused(): void {
    const steps = [this.#start]
    for (const step of steps) if (step.next) steps.push(...step.next.values())
    // Every step stands before those that follow it, so that from the end what follows is tidied first.
    for (const step of steps.reverse()) {
      if (step.whole && !step.whole.isUsed) step.whole = null
      step.open = step.open && usedOf(step.open)
      for (const [word, next] of step.next ?? []) if (!next.whole && !next.open && !next.next) step.next?.delete(word)
      if (step.next?.size === 0) step.next = null
    }
  }
}

const emptyStep = (): Step => ({ next: null, whole: null, open: null })

function stepTo(from: Step, word: string): Step {
  from.next ??= new Map()
  let step = from.next.get(word)
  if (!step) {
    step = emptyStep()
    from.next.set(word, step)
  }
  return step
}

function openWish(step: Step, stem: string): Wish {
  step.open ??= { byStem: new Map(), lengths: new Map() }
  let wish = step.open.byStem.get(stem)
  if (!wish) {
    wish = new Wish()
    addStem(step.open, stem, wish)
  }
  return wish
}

function addStem({ byStem, lengths }: OpenWords, stem: string, wish: Wish): void {
  byStem.set(stem, wish)
  const first = stem.charCodeAt(0)
  const own = lengths.get(first) ?? []
  if (!own.includes(stem.length)) {
    lengths.set(
      first,
      [...own, stem.length].sort((a, b) => a - b),
    )
  }
}

function meetOpen({ byStem, lengths }: OpenWords, word: string, meet: (wish: Wish) => void): void {
  for (const length of lengths.get(word.charCodeAt(0)) ?? []) {
    if (length > word.length) return
    const wish = byStem.get(word.slice(0, length))
    if (wish) meet(wish)
  }
}

function usedOf(open: OpenWords): OpenWords | null {
  const used: OpenWords = { byStem: new Map(), lengths: new Map() }
  for (const [stem, wish] of open.byStem) if (wish.isUsed) addStem(used, stem, wish)
  return used.byStem.size > 0 ? used : null
}
