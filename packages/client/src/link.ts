import type { ClientFrame, ServerFrame } from '@parley/protocol'

export type LinkKind = 'socket' | 'poll'

/** One connection over one transport: it carries frames and ends once. What they mean is not its business. */
export interface Link {
  readonly kind: LinkKind
  send(frame: ClientFrame): void
  /** Ends it without a word to `LinkEvents.closed`. */
  close(): void
}

export interface LinkEvents {
  /** Frames may be sent from now on. */
  open(): void
  frame(frame: ServerFrame): void
  /** Called at most once. `code` is one of the contract's close codes, or 0 when the transport itself failed. */
  closed(code: number, reason: string): void
}

/** The part of the browser's WebSocket that is used here. Events are `never` so that the browser's own types fit. */
export interface SocketLike {
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  send(text: string): void
  close(): void
}

/** The part of `fetch` that is used here. */
export type FetchLike = (
  url: string,
  init: {
    method: string
    headers: Record<string, string>
    body?: string | Blob
    signal?: AbortSignal
    credentials?: 'include' | 'same-origin'
    keepalive?: boolean
  },
) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>

export interface Timers {
  /** Milliseconds. */
  now(): number
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

/** A server frame, or null. The server is ours, so its shape is trusted; a proxy's error page is not a frame. */
export function toServerFrame(value: unknown): ServerFrame | null {
  return typeof value === 'object' && value !== null && 't' in value && typeof value.t === 'string'
    ? (value as ServerFrame)
    : null
}
