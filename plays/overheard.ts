import { findLeaks, type Leak } from '@parley/dev-env'
import type { BrowserContext, Page } from 'playwright-core'

/** Everything that a person's pages were given: the bodies and headers of all answers, and every frame of every socket. */
export class Overheard {
  readonly #given: (Buffer | string)[] = []
  readonly #reading: Promise<unknown>[] = []

  constructor(context: BrowserContext) {
    for (const page of context.pages()) this.#hear(page)
    context.on('page', (page) => this.#hear(page))
  }

  #hear(page: Page): void {
    page.on('response', (response) => {
      // Programs and styles are the same for everybody.
      if (/script|css|font/.test(response.headers()['content-type'] ?? '')) return
      this.#given.push(JSON.stringify([response.url(), response.headers()]))
      // A redirection, or a page that is left while it loads, has no body.
      this.#reading.push(
        response.body().then(
          (body) => this.#given.push(body),
          () => {},
        ),
      )
    })
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.#given.push(payload))
    })
  }

  /** How many pieces there were: a search through none proves nothing. */
  get pieces(): number {
    return this.#given.length
  }

  /** Until nothing more comes of what happened before. */
  async settles(): Promise<void> {
    for (let before = -1; before !== this.pieces; ) {
      before = this.pieces
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  /** What was given after so many pieces, as text. */
  async since(pieces: number): Promise<string[]> {
    await Promise.all(this.#reading)
    return this.#given.slice(pieces).map(String)
  }

  /** What of these identities stood in any of it. */
  async leaks(identities: readonly string[]): Promise<Leak[]> {
    await Promise.all(this.#reading)
    return this.#given.flatMap((piece) => findLeaks(piece, identities))
  }
}
