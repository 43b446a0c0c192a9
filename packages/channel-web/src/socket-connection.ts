import { isUtf8 } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { type CloseCode, closeCodes, parseClientFrame } from '@parley/protocol'
import { type RawData, WebSocket } from 'ws'
import { Connection, type Shared } from './connection.ts'
import { textFrames } from './text-frames.ts'
import type { ConnectionFacts } from './web-host.ts'

/** RFC 6455 §5.5: a control frame carries at most 125 bytes, two of them the code. */
const maxReasonBytes = 120
/** More than this goes to the network at once, so that only what the network does not take counts as unread. */
const mostGathered = 64 * 1024

/** A socket that closes with the contract's codes where `ws` has its own, and knows its connection without a closure. */
export class WebSocketOfOurs extends WebSocket {
  connection: SocketConnection | undefined

  override close(code?: number, reason?: string | Buffer): void {
    if (code === 1009) super.close(closeCodes.tooLarge, 'A frame was too large.')
    else if (code === 1007) super.close(closeCodes.malformed, 'A frame was not UTF-8.')
    else super.close(code, reason)
  }
}

export class SocketConnection extends Connection {
  readonly #socket: WebSocketOfOurs
  readonly #stream: Duplex
  /** Frames of this turn, and about how long they are. */
  #gathered: string[] | null = null
  #gatheredLength = 0
  #heardAt: number
  #pinged = false

  constructor(shared: Shared, facts: ConnectionFacts, socket: WebSocketOfOurs, stream: Duplex) {
    super(shared, facts)
    this.#socket = socket
    this.#stream = stream
    this.#heardAt = this.since
    socket.connection = this
    socket.on('message', onMessage)
    socket.on('pong', onPong)
    socket.on('close', onClose)
    socket.on('error', onError)
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount + this.#gatheredLength
  }

  /** Nothing of it is left on the network. */
  get isOver(): boolean {
    return this.#socket.readyState === WebSocket.CLOSED
  }

  heard(): void {
    this.#heardAt = this.shared.now()
    this.#pinged = false
  }

  take(data: RawData, isBinary: boolean): void {
    this.heard()
    const isText = !isBinary && Buffer.isBuffer(data) && isUtf8(data)
    this.accept(isText ? parseClientFrame(data.toString('utf8')) : null)
  }

  gone(): void {
    this.ended()
  }

  sweep(now: number): void {
    this.closeIfSilent(now)
    if (this.isClosed) return
    const silentMs = now - this.#heardAt
    const { heartbeatMs } = this.shared.limits
    if (silentMs > heartbeatMs * 2.5) {
      this.terminate()
      return
    }
    if (silentMs > heartbeatMs && !this.#pinged) {
      this.#pinged = true
      this.#socket.ping()
    }
  }

  /** Ends without a farewell: the peer is not there to hear one. */
  terminate(): void {
    this.#socket.terminate()
    this.ended()
  }

  /** Writes what was gathered. */
  flush(): void {
    const texts = this.#gathered
    if (!texts) return
    this.#gathered = null
    this.#gatheredLength = 0
    // After a farewell nothing may follow (RFC 6455 §5.5.1).
    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(textFrames(texts))
  }

  protected transmit(json: string): void {
    if (this.#gathered) this.#gathered.push(json)
    else {
      this.#gathered = [json]
      this.shared.writes.afterThisTurn(this)
    }
    this.#gatheredLength += json.length
    if (this.bufferedBytes > mostGathered) this.flush()
  }

  protected shut(code: CloseCode, reason: string): void {
    this.flush()
    this.#socket.close(code, shorten(reason))
  }
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  if (this instanceof WebSocketOfOurs) this.connection?.take(data, isBinary)
}
function onPong(this: WebSocket): void {
  if (this instanceof WebSocketOfOurs) this.connection?.heard()
}
function onClose(this: WebSocket): void {
  if (this instanceof WebSocketOfOurs) this.connection?.gone()
}
/** `ws` has already begun to close; what it tells is the peer's doing, and `close` follows. */
function onError(): void {}

function shorten(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8')
  if (bytes.length <= maxReasonBytes) return reason
  return bytes
    .subarray(0, maxReasonBytes)
    .toString('utf8')
    .replace(/\uFFFD+$/u, '')
}
