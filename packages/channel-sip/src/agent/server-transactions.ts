import type { SipRequest } from '../parse/sip-message.ts'
import {
  beginServer,
  type ServerState,
  serverAnswers,
  serverHearsAgain,
  serverTicks,
} from '../transactions/server-transaction.ts'
import type { SipTimers } from '../transactions/timers.ts'
import { mergeKey, serverKey } from '../transactions/transaction-key.ts'
import { type Flow, isReliable } from '../transports/flow.ts'

export type Met =
  /** To be answered, once: with `answer`. */
  | { readonly kind: 'new'; answer(bytes: Uint8Array, by: Flow): void }
  /** The same again; what there is to say has been said. */
  | { readonly kind: 'again' }
  /** Another copy, that came another way (RFC 3261 §8.2.2.2). */
  | { readonly kind: 'merged' }
  | { readonly kind: 'too-many' }

interface Running {
  state: ServerState
  readonly mergeKey: string | null
  answer: { bytes: Uint8Array; by: Flow } | null
}

/** The requests that we were sent and that may come again. */
export class ServerTransactions {
  readonly #timers: SipTimers
  readonly #now: () => number
  readonly #most: number
  readonly #running = new Map<string, Running>()
  readonly #merging = new Map<string, string>()
  readonly #waits = new Set<NodeJS.Timeout>()

  constructor(timers: SipTimers, now: () => number, most: number) {
    this.#timers = timers
    this.#now = now
    this.#most = most
  }

  meet(request: SipRequest, flow: Flow): Met {
    const key = serverKey(request)
    const there = this.#running.get(key)
    if (there) {
      const step = serverHearsAgain(there.state)
      if (step.actions.includes('respond') && there.answer) {
        there.answer.by.send(there.answer.bytes).catch(() => undefined)
      }
      return { kind: 'again' }
    }
    const merged = mergeKey(request)
    if (merged !== null && this.#merging.has(merged)) return { kind: 'merged' }
    if (this.#running.size >= this.#most) return { kind: 'too-many' }
    const running: Running = { state: beginServer(isReliable(flow.transport)).state, mergeKey: merged, answer: null }
    this.#running.set(key, running)
    if (merged !== null) this.#merging.set(merged, key)
    return { kind: 'new', answer: (bytes, by) => this.#answer(key, running, bytes, by) }
  }

  close(): void {
    for (const wait of this.#waits) clearTimeout(wait)
    this.#waits.clear()
    this.#running.clear()
    this.#merging.clear()
  }

  #answer(key: string, running: Running, bytes: Uint8Array, by: Flow): void {
    const step = serverAnswers(running.state, this.#now(), this.#timers)
    running.state = step.state
    if (!step.actions.includes('respond')) return
    running.answer = { bytes, by }
    by.send(bytes).catch(() => undefined)
    const { endsAt } = running.state
    if (running.state.is === 'over' || endsAt === null) {
      this.#forget(key, running)
      return
    }
    const wait = setTimeout(
      () => {
        this.#waits.delete(wait)
        running.state = serverTicks(running.state, endsAt).state
        this.#forget(key, running)
      },
      Math.max(endsAt - this.#now(), 0),
    )
    this.#waits.add(wait)
  }

  #forget(key: string, running: Running): void {
    if (this.#running.get(key) === running) this.#running.delete(key)
    if (running.mergeKey !== null && this.#merging.get(running.mergeKey) === key) this.#merging.delete(running.mergeKey)
  }
}
