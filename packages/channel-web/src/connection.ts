import { type ClientFrame, type CloseCode, closeCodes, type Hello, type ServerFrame } from '@parley/protocol'
import type { ConnectionFacts, WebHost, WebSession, Wire } from './web-host.ts'
import type { WebLimits } from './web-options.ts'
import type { Writes } from './writes.ts'

type State =
  | { is: 'waiting' }
  /** The host is looking at the token; frames that came meanwhile are held, in order. */
  | { is: 'opening'; held: ClientFrame[] }
  | { is: 'open'; session: WebSession }
  | { is: 'closed' }

const waiting: State = { is: 'waiting' }
const closed: State = { is: 'closed' }

/** What every connection of this process shares, so that a connection itself stays small. */
export interface Shared {
  readonly host: WebHost
  readonly limits: WebLimits
  readonly writes: Writes
  now(): number
  /** Takes a connection out of the books. */
  gone(connection: Connection): void
}

/**
 * One client, whatever carries it: hello first and once, frames in order, never more than allowed. There is no timer and no closure for
 * each connection; one sweep over all of them calls `sweep`.
 */
export abstract class Connection implements Wire {
  readonly facts: ConnectionFacts
  protected readonly shared: Shared
  protected readonly since: number
  #state: State = waiting
  #allowance: number
  #allowanceAt: number

  constructor(shared: Shared, facts: ConnectionFacts) {
    this.shared = shared
    this.facts = facts
    this.since = shared.now()
    this.#allowance = shared.limits.frameBurst
    this.#allowanceAt = this.since
  }

  abstract readonly bufferedBytes: number
  /** Hands one serialised frame to the network. */
  protected abstract transmit(json: string): void
  /** Ends the transport. */
  protected abstract shut(code: CloseCode, reason: string): void
  /** Called about once a second. */
  abstract sweep(now: number): void

  get isClosed(): boolean {
    return this.#state.is === 'closed'
  }

  get isWaiting(): boolean {
    return this.#state.is === 'waiting'
  }

  send(frame: ServerFrame): void {
    if (this.#state.is !== 'closed') this.sendText(JSON.stringify(frame))
  }

  sendText(json: string): void {
    if (this.#state.is === 'closed') return
    this.transmit(json)
    if (this.bufferedBytes > this.shared.limits.maxBufferedBytes) {
      this.close(closeCodes.tooSlow, 'You read too slowly. Connect again.')
    }
  }

  close(code: CloseCode, reason: string): void {
    if (this.#state.is === 'closed') return
    this.shut(code, reason)
    this.ended()
  }

  /** The transport is gone, by whichever end. */
  protected ended(): void {
    const state = this.#state
    if (state.is === 'closed') return
    this.#state = closed
    this.shared.gone(this)
    if (state.is === 'open') state.session.closed()
  }

  /** One frame from the client; null when it was none. */
  protected accept(frame: ClientFrame | null): void {
    if (this.#state.is === 'closed') return
    const objection = this.#objectionTo(frame)
    if (objection) this.close(objection.code, objection.reason)
    else if (frame) this.#take(frame)
  }

  protected closeIfSilent(now: number): void {
    if (this.#state.is === 'waiting' && now - this.since > this.shared.limits.helloWithinMs) {
      this.close(closeCodes.unauthorised, 'No hello came.')
    }
  }

  #objectionTo(frame: ClientFrame | null): { code: CloseCode; reason: string } | null {
    const { malformed, tooMany } = closeCodes
    if (!frame) return { code: malformed, reason: 'That was not a frame of this protocol.' }
    if (!this.#mayGoOn()) return { code: tooMany, reason: 'Too many frames. Wait ten seconds, then connect again.' }
    if (this.isWaiting !== (frame.t === 'hello')) {
      return { code: malformed, reason: 'The first frame, and no other, must be hello.' }
    }
    if (this.#state.is === 'opening' && this.#state.held.length >= this.shared.limits.frameBurst) {
      return { code: tooMany, reason: 'Too many frames before the welcome.' }
    }
    return null
  }

  #take(frame: ClientFrame): void {
    if (frame.t === 'hello') {
      this.#state = { is: 'opening', held: [] }
      this.#open(frame)
    } else if (frame.t === 'ping') this.sendText('{"t":"pong"}')
    else if (this.#state.is === 'open') this.#state.session.take(frame)
    else if (this.#state.is === 'opening') this.#state.held.push(frame)
  }

  #open(hello: Hello): void {
    this.shared.host.open(hello, this, this.facts).then(
      (answer) => {
        if ('refused' in answer) {
          this.close(answer.refused, answer.reason)
          return
        }
        const state = this.#state
        // The client left while the host was looking: the session must learn of it all the same.
        if (state.is !== 'opening') {
          answer.closed()
          return
        }
        this.#state = { is: 'open', session: answer }
        for (const frame of state.held) {
          if (this.isClosed) break
          answer.take(frame)
        }
      },
      () => this.close(closeCodes.goingAway, 'The server cannot answer now. Connect again in a moment.'),
    )
  }

  #mayGoOn(): boolean {
    const { framesPerSecond, frameBurst } = this.shared.limits
    const now = this.shared.now()
    this.#allowance = Math.min(frameBurst, this.#allowance + ((now - this.#allowanceAt) / 1000) * framesPerSecond)
    this.#allowanceAt = now
    if (this.#allowance < 1) return false
    this.#allowance -= 1
    return true
  }
}
