import type { ClientFrame, ConversationView, FormField, OperationResult, Refused, Typing } from '@parley/protocol'
import type { FetchLike, LinkKind, SocketLike, Timers } from './link.ts'
import type { OutboxStorage, Unsent } from './outbox.ts'
import type { Transcript } from './transcript.ts'

export interface ConnectOptions {
  /** Origin of the server, `https://chat.example`. */
  baseUrl: string
  /** Asked before each connection. `renew`: the last one was refused, so a kept one must not be given again. */
  getToken(renew: boolean): Promise<string>
  /** `auto` (the default) takes sockets, and polls where they are blocked. */
  transport?: 'auto' | LinkKind
  /** Interactions that need not be loaded from their beginning: what lies before stays where it is until `readBefore`. */
  cursors?: Record<string, number>
  storage?: OutboxStorage
  WebSocket?: new (url: string) => SocketLike
  fetch?: FetchLike
  timers?: Timers
  /** In [0, 1). */
  random?(): number
  newId?(): string
}

export type ConnectionState =
  | { is: 'connecting' }
  | { is: 'online'; by: LinkKind }
  /** Not connected; tries again by itself. */
  | { is: 'waiting' }
  /** `version`: this page is too old for the server and must be loaded again. */
  | { is: 'stopped'; because: 'asked' | 'version' }

export type ClientEvent =
  | { kind: 'state' }
  /** Conversations, messages, ticks, watermarks or who is typing. */
  | { kind: 'transcript' }
  | { kind: 'outbox' }
  /** Something that was not a `say` was refused. */
  | { kind: 'refused'; frame: Refused }
  | { kind: 'changed'; what: 'offers' | 'held' | 'addresses' | 'deliveries' | 'invitations' }

export interface SayOptions {
  attachments?: string[]
  form?: { message: string; answers: Record<string, string> }
  ask?: FormField[]
  /** Kept encrypted, and never sent over a medium that cannot carry it so. */
  sealed?: true
}

export interface Client {
  readonly state: ConnectionState
  readonly transcript: Pick<Transcript, 'conversations' | 'interaction' | 'interactions' | 'you'>
  /** Said and not yet confirmed, in order. Replaced, never changed in place. */
  readonly outbox: readonly Unsent[]
  /** Participants who are typing there now. */
  typing(interaction: string): string[]

  /** Takes the text at once, keeps it until the server has it, and returns its echo id. */
  say(to: Target, text: string, options?: SayOptions): string
  /** Sends a refused text again, under its id. */
  retry(id: string): void
  discard(id: string): void
  /** What follows is sent when connected, and otherwise forgotten: it is of the moment. */
  setTyping(to: Target, on: boolean): void
  choose(choice: Omit<Extract<ClientFrame, { t: 'choose' }>, 't'>): void
  /**
   * Does something to the structure: an operation by its name, with its input (operations.ts of the protocol). Sent when connected, and again
   * under the same id after each new connection, so that it is done once. Resolves with what the server answers; `try-again` when the client
   * is stopped before.
   */
  perform(operation: string, input: Record<string, unknown>): Promise<PerformOutcome>
  readBefore(interaction: string): void
  /** A conversation that an HTTP call has answered, so that it need not be waited for here. */
  learn(conversation: ConversationView): void
  /** The person has this much of it before their eyes. */
  markRead(interaction: string, n: number): void

  subscribe(listener: (event: ClientEvent) => void): () => void
  /** The network is back, or the page has been brought to the front: do not wait any longer. */
  wake(): void
  stop(): void
}

export type PerformOutcome =
  | { ok: true; result: OperationResult }
  /** `text` is for the person, in their language. */
  | { ok: false; refusal: Refused['reason']; text: string }

export type Target = Typing['to']
