import { type Client, connect } from '@parley/client'

export type ConnectedClient = Client

/** What a program of somebody's makes of this protocol: a client that keeps what it is told, over a socket or by polling. */
export function connectClient(
  baseUrl: string,
  token: string,
  transport: 'socket' | 'poll' = 'socket',
): ConnectedClient {
  return connect({ baseUrl, transport, getToken: async () => token })
}
