interface Waiting<In, Out> {
  item: In
  resolve: (out: Out) => void
  reject: (error: unknown) => void
}

/**
 * Runs work in natural batches: what has arrived is worked on at once, what arrives meanwhile is the next batch. Waiting for more never
 * raised the rate. A batch that fails is repeated item by item, so that one poison item never hurts its neighbours.
 */
export class NaturalBatch<In, Out> {
  #waiting: Waiting<In, Out>[] = []
  #running = 0
  readonly #work: (items: In[]) => Promise<Out[]>
  readonly #maxItems: number
  readonly #maxRunning: number

  /** `work` answers for each item in order. With `maxRunning` over one, batches may overtake each other. */
  constructor(work: (items: In[]) => Promise<Out[]>, options: { maxItems: number; maxRunning: number }) {
    this.#work = work
    this.#maxItems = options.maxItems
    this.#maxRunning = options.maxRunning
  }

  add(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      // Everything of this turn of the event loop goes together: one read of a socket often holds several frames.
      if (this.#waiting.length === 1) setImmediate(() => this.#next())
    })
  }

  get size(): number {
    return this.#waiting.length
  }

  #next(): void {
    if (this.#running >= this.#maxRunning || this.#waiting.length === 0) return
    const batch = this.#waiting.splice(0, this.#maxItems)
    this.#running += 1
    void this.#run(batch).finally(() => {
      this.#running -= 1
      this.#next()
    })
    this.#next()
  }

  async #run(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const outs = await this.#work(batch.map(({ item }) => item))
      for (const [index, waiting] of batch.entries()) waiting.resolve(outs[index] as Out)
    } catch (error) {
      const [only] = batch
      if (batch.length === 1) return only?.reject(error)
      for (const waiting of batch) await this.#run([waiting])
    }
  }
}
