import type { SipResponse } from '../parse/sip-message.ts'
import {
  beginClient,
  type ClientState,
  type ClientStep,
  clientHears,
  clientTicks,
  wakeClientAt,
} from '../transactions/client-transaction.ts'
import type { SipTimers } from '../transactions/timers.ts'
import { clientKey, clientKeyFor } from '../transactions/transaction-key.ts'
import { type Flow, isReliable } from '../transports/flow.ts'

export type Heard =
  | { readonly kind: 'response'; readonly response: SipResponse }
  /** Certainly not sent. */
  | { readonly kind: 'unsent'; readonly reason: string }
  /** Sent, and no answer came: in time, or before the connection ended. */
  | { readonly kind: 'silent'; readonly reason: string }

interface Running {
  state: ClientState
  readonly bytes: Uint8Array
  readonly flow: Flow
  readonly finish: (heard: Heard) => void
  wasSent: boolean
  timer: NodeJS.Timeout | undefined
}

/** The requests that we sent and that wait for their answer. */
export class ClientTransactions {
  readonly #timers: SipTimers
  readonly #now: () => number
  readonly #running = new Map<string, Running>()

  constructor(timers: SipTimers, now: () => number) {
    this.#timers = timers
    this.#now = now
  }

  /** Sends, again where the transport may lose it, and resolves with the final response or the reason why there is none. */
  run(bytes: Uint8Array, branch: string, method: string, flow: Flow): Promise<Heard> {
    return new Promise((resolve) => {
      const step = beginClient(this.#now(), isReliable(flow.transport), this.#timers)
      const running: Running = { state: step.state, bytes, flow, finish: resolve, wasSent: false, timer: undefined }
      const key = clientKeyFor(branch, method)
      this.#running.set(key, running)
      this.#act(key, running, step)
    })
  }

  /** False when nobody waits for it: it is nobody's, or comes too late. */
  hear(response: SipResponse): boolean {
    const key = clientKey(response)
    const running = this.#running.get(key)
    if (!running) return false
    const step = clientHears(running.state, response.status, this.#now(), this.#timers)
    if (step.actions.includes('final')) running.finish({ kind: 'response', response })
    this.#act(key, running, step)
    return true
  }

  flowEnded(flow: Flow): void {
    for (const [key, running] of this.#running) {
      if (running.flow === flow) this.#end(key, running, 'the connection ended')
    }
  }

  close(): void {
    for (const [key, running] of this.#running) this.#end(key, running, 'stopped')
  }

  #act(key: string, running: Running, step: ClientStep): void {
    running.state = step.state
    for (const action of step.actions) {
      if (action === 'timed-out') running.finish({ kind: 'silent', reason: 'no answer' })
      if (action === 'send') this.#send(key, running)
    }
    this.#wake(key, running)
  }

  #send(key: string, running: Running): void {
    running.flow.send(running.bytes).then(
      () => {
        running.wasSent = true
      },
      (error: unknown) => {
        // A repetition that fails says nothing about the one before.
        if (running.wasSent) return
        running.finish({ kind: 'unsent', reason: codeOf(error) })
        this.#forget(key, running)
      },
    )
  }

  #wake(key: string, running: Running): void {
    clearTimeout(running.timer)
    const at = wakeClientAt(running.state)
    if (at === null) {
      this.#forget(key, running)
      return
    }
    const tick = () => this.#act(key, running, clientTicks(running.state, this.#now(), this.#timers))
    running.timer = setTimeout(tick, Math.max(at - this.#now(), 0) + 1)
  }

  #end(key: string, running: Running, reason: string): void {
    running.finish({ kind: 'silent', reason })
    this.#forget(key, running)
  }

  #forget(key: string, running: Running): void {
    clearTimeout(running.timer)
    if (this.#running.get(key) === running) this.#running.delete(key)
  }
}

/** The code of a system error: its message would name addresses. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'not reachable'
}
