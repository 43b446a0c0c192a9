import type { Parsed } from '../parse/parse-message.ts'

/** How two SIP elements reach each other. */
export type SipTransport = 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS'

export function isReliable(transport: SipTransport): boolean {
  return transport !== 'UDP'
}

/** A way to one peer: a connection, or for UDP the peer's address. */
export interface Flow {
  readonly transport: SipTransport
  readonly remote: { readonly address: string; readonly port: number }
  readonly isOpen: boolean
  /** Resolves when the bytes were handed to the system; rejects when they certainly were not. */
  send(bytes: Uint8Array): Promise<void>
  close(): void
}

export interface Target {
  readonly transport: SipTransport
  /** An IP address. */
  readonly address: string
  readonly port: number
  /** The name that a certificate must bear; for WebSocket also the name in the request. */
  readonly name: string
}

/** What comes in over any transport. */
export interface Incoming {
  message(incoming: IncomingMessage, flow: Flow): void
  /** A connection that we or they opened has ended. */
  closed(flow: Flow): void
}

export interface IncomingMessage {
  readonly parsed: Parsed
  readonly raw: Uint8Array
}
