import { Wish } from './wish.ts'

/** Wishes for a number between two bounds. Each different pair of bounds is looked at once for a request. */
export class RangeWishes {
  readonly #byBounds = new Map<string, Wish>()
  #from: number[] = []
  #to: number[] = []
  #wishes: Wish[] = []

  of(from: number, to: number): Wish {
    const key = `${from} ${to}`
    const known = this.#byBounds.get(key)
    if (known) return known
    const wish = new Wish()
    this.#byBounds.set(key, wish)
    this.#push(from, to, wish)
    return wish
  }

  metBy(numbers: readonly number[], meet: (wish: Wish) => void): void {
    for (let n = 0; n < this.#wishes.length; n += 1) {
      const from = this.#from[n] ?? 0
      const to = this.#to[n] ?? 0
      const wish = this.#wishes[n]
      if (wish && numbers.some((number) => number >= from && number <= to)) meet(wish)
    }
  }

  dropUnused(): void {
    for (const [key, wish] of this.#byBounds) if (!wish.isUsed) this.#byBounds.delete(key)
    const [from, to, wishes] = [this.#from, this.#to, this.#wishes]
    this.#from = []
    this.#to = []
    this.#wishes = []
    wishes.forEach((wish, n) => {
      if (wish.isUsed) this.#push(from[n] ?? 0, to[n] ?? 0, wish)
    })
  }

  #push(from: number, to: number, wish: Wish): void {
    this.#from.push(from)
    this.#to.push(to)
    this.#wishes.push(wish)
  }
}
