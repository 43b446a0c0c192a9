interface Waiting<In, Out> {
  item: In
  key: unknown
  resolve: (out: Out | Promise<Out>) => void
  reject: (error: unknown) => void
}

/**
 * Runs work in natural batches: what has arrived is worked on at once, what arrives meanwhile is the next batch. Waiting for more never
 * raised the rate. Batches run beside each other, but what has the same key is in one of them at a time, in the order of its arrival. A
 * batch that fails is repeated item by item, so that one poison item never hurts its neighbours.
 */
export class NaturalBatch<In, Out> {
  #waiting: Waiting<In, Out>[] = []
  readonly #underWay = new Set<unknown>()
  #running = 0
  #isScheduled = false
  readonly #work: (items: In[]) => Promise<(Out | Promise<Out>)[]>
  readonly #keyOf: (item: In) => unknown
  readonly #maxItems: number
  readonly #maxRunning: number

  /** `work` answers for each item in order; an answer may come later, or fail, by itself: the batch is over when all of them are there. */
  constructor(
    work: (items: In[]) => Promise<(Out | Promise<Out>)[]>,
    options: { keyOf: (item: In) => unknown; maxItems: number; maxRunning: number },
  ) {
    this.#work = work
    this.#keyOf = options.keyOf
    this.#maxItems = options.maxItems
    this.#maxRunning = options.maxRunning
  }

  add(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.#waiting.push({ item, key: this.#keyOf(item), resolve, reject })
      // Everything of this turn of the event loop goes together: one read of a socket often holds several frames.
      if (this.#isScheduled) return
      this.#isScheduled = true
      setImmediate(() => {
        this.#isScheduled = false
        this.#next()
      })
    })
  }

  get size(): number {
    return this.#waiting.length
  }

  #next(): void {
    while (this.#running < this.#maxRunning) {
      const batch = this.#take()
      if (batch.length === 0) return
      const keys = new Set(batch.map(({ key }) => key))
      for (const key of keys) this.#underWay.add(key)
      this.#running += 1
      void this.#run(batch).finally(() => {
        for (const key of keys) this.#underWay.delete(key)
        this.#running -= 1
        this.#next()
      })
    }
  }

  #take(): Waiting<In, Out>[] {
    if (this.#underWay.size === 0) return this.#waiting.splice(0, this.#maxItems)
    const batch: Waiting<In, Out>[] = []
    const rest: Waiting<In, Out>[] = []
    for (const waiting of this.#waiting) {
      const isFree = batch.length < this.#maxItems && !this.#underWay.has(waiting.key)
      ;(isFree ? batch : rest).push(waiting)
    }
    this.#waiting = rest
    return batch
  }

  async #run(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const outs = await this.#work(batch.map(({ item }) => item))
      for (const [index, waiting] of batch.entries()) waiting.resolve(outs[index] as Out | Promise<Out>)
      const coming = outs.filter((out) => out instanceof Promise)
      if (coming.length > 0) await Promise.allSettled(coming)
    } catch (error) {
      const [only] = batch
      if (batch.length === 1) return only?.reject(error)
      for (const waiting of batch) await this.#run([waiting])
    }
  }
}
