import type { IncomingMessage } from 'node:http'
import { heartbeatMs, maxFrameBytes } from '@parley/protocol'

export interface WebOptions {
  /** Is a page of this origin ours? Asked when the browser names one; where none is named (no browser), the token alone decides. */
  isAllowedOrigin(origin: string): boolean
  /** The client's address; by default the peer's. Give one that reads `x-forwarded-for` only behind a proxy that sets it. */
  clientIp?(request: IncomingMessage): string
  limits?: Partial<WebLimits>
  /** Milliseconds that never go back; for tests. */
  now?(): number
}

export interface WebLimits {
  maxFrameBytes: number
  /** A client that has not said `hello` after this long is closed as unauthorised. */
  helloWithinMs: number
  /** A reader this far behind is closed as too slow: it comes back and resumes by its cursors. */
  maxBufferedBytes: number
  /** Open connections (sockets and polls together) from one address: an office behind one address has many windows. */
  maxConnectionsPerIp: number
  framesPerSecond: number
  /** Frames that may come at once after a pause. */
  frameBurst: number
  /** A socket that was silent this long is pinged; after two and a half times this it is gone. */
  heartbeatMs: number
  /** How long a poll without news is held. */
  pollWaitMs: number
  /** A polled connection without a poll for this long is gone. */
  pollExpiresMs: number
  sweepMs: number
}

export const defaultLimits: WebLimits = {
  maxFrameBytes,
  helloWithinMs: 10_000,
  maxBufferedBytes: 1024 * 1024,
  maxConnectionsPerIp: 200,
  framesPerSecond: 100,
  frameBurst: 200,
  heartbeatMs,
  pollWaitMs: heartbeatMs,
  pollExpiresMs: 60_000,
  sweepMs: 1000,
}
