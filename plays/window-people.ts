import { type Parley, seeded, WindowPerson, waitFor } from '@parley/dev-env'

/** Visitors in the shop's window, each without a browser. */
export class WindowPeople {
  readonly #parley: Parley
  readonly #all: WindowPerson[] = []

  constructor(parley: Parley) {
    this.#parley = parley
  }

  async enter(): Promise<WindowPerson> {
    const random = seeded(this.#all.length + 1)
    const visitor = new WindowPerson({ url: this.#parley.url, site: 'shop', random })
    await visitor.begins()
    this.#all.push(visitor)
    return visitor
  }

  leave(): void {
    for (const visitor of this.#all) visitor.leaves()
  }
}

/** Everything that a window shows, interaction by interaction. */
export function shownTo({ client }: WindowPerson): string[] {
  return client ? [...client.transcript.interactions].flatMap(({ messages }) => messages.map(({ text }) => text)) : []
}

export async function sees(visitor: WindowPerson, words: string): Promise<void> {
  await waitFor(`the window to show "${words}"`, () => shownTo(visitor).includes(words), {
    timeoutMs: 60_000,
    instead: () => shownTo(visitor),
  })
}
