import type { Do, DoneFrame, Refused } from '@parley/protocol'
import type { PerformOutcome } from './client.ts'

interface Waiting {
  frame: Do
  answer: (outcome: PerformOutcome) => void
}

/** Operations that have not been answered yet. Apart from the connection itself: most pages never do one. */
export class Performing {
  readonly #waiting = new Map<string, Waiting>()
  readonly #send: (frame: Do) => void

  constructor(send: (frame: Do) => void) {
    this.#send = send
  }

  perform(frame: Do): Promise<PerformOutcome> {
    return new Promise((answer) => {
      this.#waiting.set(frame.id, { frame, answer })
      this.#send(frame)
    })
  }

  /** A new connection: nothing will be answered over the last one, and what was done is not done twice under its id. */
  resume(): void {
    for (const { frame } of this.#waiting.values()) this.#send(frame)
  }

  /** Was it the answer to one of these? */
  take(frame: DoneFrame | Refused): boolean {
    return this.#answer(
      frame.id ?? '',
      frame.t === 'done' ? { ok: true, result: frame.result } : { ok: false, refusal: frame.reason, text: frame.text },
    )
  }

  stop(): void {
    for (const id of [...this.#waiting.keys()]) this.#answer(id, { ok: false, refusal: 'try-again', text: '' })
  }

  #answer(id: string, outcome: PerformOutcome): boolean {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    waiting?.answer(outcome)
    return waiting !== undefined
  }
}
