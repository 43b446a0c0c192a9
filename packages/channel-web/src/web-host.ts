import type { ClientFrame, CloseCode, Hello, ServerFrame } from '@parley/protocol'

/**
 * The server behind the web channel: what `attachWeb` asks of it. The channel knows connections and frames; who a token belongs to, what
 * a frame means and what may be read are the host's.
 */
export interface WebHost {
  /**
   * Called once for each connection, with its first frame. The channel holds later frames back until this resolves, then hands them over
   * in order. `wire` may be used at once (a `welcome` may go out before this resolves). A rejection closes the connection as going away.
   */
  open(hello: Hello, wire: Wire, about: ConnectionFacts): Promise<WebSession | WebRefusal>
}

export interface WebRefusal {
  refused: CloseCode
  /** For the person or the log of their browser; at most 120 bytes of UTF-8 are sent. */
  reason: string
}

export interface ConnectionFacts {
  /** As the browser sent it; undefined where no browser is at work. The channel has already asked `isAllowedOrigin`. */
  origin: string | undefined
  ip: string
  transport: 'socket' | 'poll'
}

/** The host's end of one open connection. Both calls are synchronous and must not throw. */
export interface WebSession {
  /** One frame, checked by the protocol's guards, in the order sent; never `hello`, never `ping` (the channel answers it). Not called after `closed`. */
  take(frame: ClientFrame): void
  /** The connection is gone, whoever ended it. Called exactly once. */
  closed(): void
}

/** The way out to one client. Calls after the connection has gone do nothing. A socket and a poll look the same from here. */
export interface Wire {
  send(frame: ServerFrame): void
  /** A frame already serialised: the same text may be sent on many wires. */
  sendText(json: string): void
  close(code: CloseCode, reason: string): void
  /** Bytes handed over and not yet taken by the network (or by the next poll). Above `maxBufferedBytes` the channel closes with `tooSlow`. */
  readonly bufferedBytes: number
}
