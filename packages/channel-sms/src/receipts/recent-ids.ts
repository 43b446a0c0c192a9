/** To whose phone the last submissions went, so that a receipt is not taken for one about somebody else whose id looks alike in another form. */
export class RecentIds {
  readonly #phones = new Map<string, string>()
  readonly #most: number

  constructor(most = 20_000) {
    this.#most = most
  }

  remember(id: string, phone: string): void {
    this.#phones.delete(id)
    this.#phones.set(id, phone)
    if (this.#phones.size <= this.#most) return
    const [oldest] = this.#phones.keys()
    if (oldest !== undefined) this.#phones.delete(oldest)
  }

  /** The ids that may be meant, those known to be this phone's first, those known to be another's not at all. */
  choose(ids: readonly string[], phone: string): string[] {
    const possible = ids.filter((id) => (this.#phones.get(id) ?? phone) === phone)
    return [...possible.filter((id) => this.#phones.has(id)), ...possible.filter((id) => !this.#phones.has(id))]
  }
}
