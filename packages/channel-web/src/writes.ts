/**
 * Frames that go to one client in the same turn of the event loop are written together: a write is a system call, and the dearest thing
 * that the server does with a message. Its author gets it back and is told that it is durable in one write instead of two.
 */
export class Writes {
  #gathering: Gathering[] = []

  afterThisTurn(one: Gathering): void {
    this.#gathering.push(one)
    if (this.#gathering.length === 1) process.nextTick(() => this.#flush())
  }

  #flush(): void {
    const all = this.#gathering
    this.#gathering = []
    for (const one of all) one.flush()
  }
}

interface Gathering {
  flush(): void
}
