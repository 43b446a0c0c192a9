export type {
  Client,
  ClientEvent,
  ConnectionState,
  ConnectOptions,
  PerformOutcome,
  SayOptions,
  Target,
} from './client.ts'
export { connect } from './connect.ts'
export { type DeskApi, deskApi } from './desk-api.ts'
export type { FetchLike, LinkKind, SocketLike, Timers } from './link.ts'
export type { OutboxStorage, Unsent } from './outbox.ts'
export type { Answer, ApiOptions } from './request.ts'
export type { Held } from './transcript.ts'
export { type VisitorApi, visitorApi } from './visitor-api.ts'
