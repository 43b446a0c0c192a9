import { type About, normalise } from '../criteria/index.ts'
import { Wish } from './wish.ts'

/** Wishes about one thing that are found by their text: what is known says under which texts those that it meets stand. */
export class KeyedWishes {
  readonly #byKey = new Map<string, Wish>()
  readonly #about: About

  constructor(about: About) {
    this.#about = about
  }

  of(wanted: string): Wish {
    const key = normalise(this.#about, wanted)
    const known = this.#byKey.get(key)
    if (known) return known
    const wish = new Wish()
    this.#byKey.set(key, wish)
    return wish
  }

  metBy(keys: Iterable<string>, meet: (wish: Wish) => void): void {
    for (const key of keys) {
      const wish = this.#byKey.get(key)
      if (wish) meet(wish)
    }
  }

  dropUnused(): void {
    for (const [key, wish] of this.#byKey) if (!wish.isUsed) this.#byKey.delete(key)
  }
}
