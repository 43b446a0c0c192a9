/**
 * How those who wrote lately from our addresses are called, for the card that a reader's program asks for. Only what that reader was given
 * already, and only to them; forgetting it costs a name in somebody's list.
 */
export class Aliases {
  readonly #known = new Map<string, string>()

  keep(ours: string, reader: string, alias: string): void {
    const key = `${ours} ${reader}`
    this.#known.delete(key)
    this.#known.set(key, alias)
    const [oldest] = this.#known.keys()
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest)
  }

  find(ours: string, reader: string): string | null {
    return this.#known.get(`${ours} ${reader}`) ?? null
  }
}

const mostKept = 10_000
