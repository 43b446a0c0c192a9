import type { ClientFrame, CloseCode, PollRequest, PollResponse } from '@parley/protocol'
import { Connection, type Shared } from './connection.ts'
import type { ConnectionFacts } from './web-host.ts'

/** Frames in one answer: a client on a thin line should not have to take a megabyte before it can acknowledge anything. */
const maxAnswerBytes = 256 * 1024

type Answer = (json: string) => void

/**
 * A connection that is not there between two requests. Frames wait here, numbered, until a later request acknowledges them: an answer
 * that was lost on its way is simply given again. At most one request is held; a newer one sends the older one home.
 */
export class PollConnection extends Connection {
  readonly id: string
  readonly tokenHash: Buffer
  /** Frames not yet acknowledged; the first has the number `#acked + 1`. */
  #queue: string[] = []
  #queuedBytes = 0
  #acked = 0
  #taken = 0
  #held: { answer: Answer; ack: number; at: number } | null = null
  #polledAt: number
  #flushing = false
  #close: { code: CloseCode; reason: string } | null = null

  constructor(shared: Shared, facts: ConnectionFacts, id: string, tokenHash: Buffer) {
    super(shared, facts)
    this.id = id
    this.tokenHash = tokenHash
    this.#polledAt = this.since
  }

  get bufferedBytes(): number {
    return this.#queuedBytes
  }

  /** One request. `answer` is called exactly once, now or later. Repeating a request takes nothing twice. */
  poll(request: PollRequest, answer: Answer): void {
    this.#polledAt = this.shared.now()
    this.#release()
    this.#acknowledge(request.ack ?? 0)
    const from = request.from ?? 1
    // A request overtaken by a later one leaves a gap: nothing of it is taken, and `taken` tells the client where to begin again.
    if (from <= this.#taken + 1) this.#takeFrom(request.frames, from)
    this.#held = { answer, ack: Math.max(request.ack ?? 0, this.#acked), at: this.#polledAt }
    // Frames beside news of its own ends are confirmed at once; an empty request waits for news.
    if (request.frames.length > 0 || this.#hasNews() || this.#close) this.#flushSoon()
  }

  /** The client hung up on the request that is being held. */
  dropped(answer: Answer): void {
    if (this.#held?.answer === answer) this.#held = null
  }

  sweep(now: number): void {
    const { pollWaitMs } = this.shared.limits
    if (this.#held && now - this.#held.at >= pollWaitMs) this.#release()
  }

  /** Nobody polls any more: also a closed connection is kept this long, so that its last answer can be repeated. */
  expired(now: number): boolean {
    return !this.#held && now - this.#polledAt > this.shared.limits.pollExpiresMs
  }

  expire(): void {
    this.#release()
    this.ended()
  }

  /** Answers what is held at once: the process is stopping. */
  flush(): void {
    this.#release()
  }

  protected transmit(json: string): void {
    this.#queue.push(json)
    this.#queuedBytes += json.length
    if (this.#held) this.#flushSoon()
  }

  protected shut(code: CloseCode, reason: string): void {
    this.#close = { code, reason }
    this.#flushSoon()
  }

  #hasNews(): boolean {
    return this.#held !== null && this.#held.ack - this.#acked < this.#queue.length
  }

  #takeFrom(frames: ClientFrame[], from: number): void {
    frames.forEach((frame, index) => {
      if (from + index <= this.#taken) return
      this.#taken = from + index
      this.accept(frame)
    })
  }

  #acknowledge(ack: number): void {
    const dropped = Math.min(ack - this.#acked, this.#queue.length)
    if (dropped <= 0) return
    for (const json of this.#queue.splice(0, dropped)) this.#queuedBytes -= json.length
    this.#acked += dropped
  }

  /** What is said in one turn of the loop goes out in one answer. */
  #flushSoon(): void {
    if (this.#flushing) return
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      this.#release()
    })
  }

  #release(): void {
    const held = this.#held
    if (!held) return
    this.#held = null
    held.answer(this.#answerAfter(held.ack))
  }

  /** Frames are already JSON; joining them spares a second serialisation. */
  #answerAfter(ack: number): string {
    const frames: string[] = []
    let bytes = 0
    let seq = ack
    for (const json of this.#queue.slice(ack - this.#acked)) {
      if (frames.length > 0 && bytes + json.length > maxAnswerBytes) break
      frames.push(json)
      bytes += json.length
      seq += 1
    }
    const isAll = seq === this.#acked + this.#queue.length
    const rest: Omit<PollResponse, 'frames'> = { session: this.id, seq, taken: this.#taken }
    if (this.#close && isAll) rest.close = this.#close
    return `${JSON.stringify(rest).slice(0, -1)},"frames":[${frames.join(',')}]}`
  }
}
