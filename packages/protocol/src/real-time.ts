import type { OperationRefusal, OperationResult } from './operations.ts'

/**
 * The real-time contract between a person's client (the visitor's window, the responder's desk) and the server: one file for both ends.
 *
 * Transport: a WebSocket at `/rt` whose messages are JSON texts, one frame each; or, where sockets are blocked, the same frames by long
 * polling at `/rt/poll` (see `PollRequest`). Every rule below holds on both.
 *
 * Numbers: each interaction is a list of messages. A person sees it as 1, 2, 3 … in their own view (`n`): dense, so that no gap
 * betrays what is hidden. The client keeps, for each interaction, the highest `n` up to which it has everything: its *cursor*.
 *   - A frame with `n` ≤ cursor is old: ignore it.   - `n` = cursor + 1: take it.   - `n` > cursor + 1: something was lost; send `read`.
 * Hints may be lost or reordered; `hello` with cursors, or `read`, brings back whatever is missing. Reconnecting is the normal path.
 *
 * Echo ids: `say.id` is chosen by the client (a UUID), kept with the unsent text, and repeated unchanged on every retry. The server takes
 * each id of a person once, and answers a repetition with the first answer. `said` comes only after the message is durable.
 *
 * Order in a window that shows several interactions as one: by `at` (strictly rising in a conversation), and one bubble per `message.id`.
 */
export const protocolVersion = 1

/** A frame may hold at most this many bytes of UTF-8; more closes with `closeCodes.tooLarge`. */
export const maxFrameBytes = 256 * 1024

/** A message's text may hold at most this many UTF-16 units; more is refused with `text-too-long`. */
export const maxTextLength = 16_000

/** The server expects a frame of any kind at least this often, and sends one as often. */
export const heartbeatMs = 25_000

/** WebSocket close codes (4000–4999 are for applications, RFC 6455 §7.4.2); a polling client gets the same number in `PollResponse.close`. */
export const closeCodes = {
  /** The client's version is not spoken here: reload the page. */
  version: 4000,
  /** The token is unknown or expired: get a new one, then connect again. */
  unauthorised: 4001,
  /** A frame that is not JSON, or not one of `ClientFrame`. The client is wrong; it must not repeat the frame. */
  malformed: 4002,
  /** A frame over `maxFrameBytes`. */
  tooLarge: 4003,
  /** Too many frames or connections: wait, then connect again (at least ten seconds). */
  tooMany: 4004,
  /** The client read too slowly; it connects again and resumes by its cursors. */
  tooSlow: 4005,
  /** The server is stopping or restarting: connect again with back-off. */
  goingAway: 1001,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

// ————— client → server

export type ClientFrame = Hello | Say | Read | Seen | Typing | Choose | Do | Ping

/**
 * First frame on every connection. `cursors` maps interaction ids to the highest `n` the client holds without a gap. Of an interaction that
 * is not among them the latest page comes, with `more` when there are earlier messages.
 */
export interface Hello {
  t: 'hello'
  v: number
  token: string
  cursors: Record<string, number>
  /**
   * The `numbering` under which each of these cursors was counted; one that is left out counts as the present one. Where it is another by now,
   * the latest page comes as if there were no cursor.
   */
  numberings?: Record<string, string>
}

/**
 * Say something. `to` is the conversation (everyone admitted there: "answer all"), of it one ticket alone, or one interaction. Without a
 * ticket it is the one that was used last.
 * `attachments` are ids answered by the upload endpoint. `answers` carries a filled form (`form` is its message id).
 * Answer: `said`, or `refused` with the same `id`.
 */
export interface Say {
  t: 'say'
  id: string
  to: { conversation: string; ticket?: string } | { interaction: string }
  text: string
  attachments?: string[]
  form?: { message: string; answers: Record<string, string> }
  /** Asks the other side to fill in a small form (responders only). */
  ask?: FormField[]
  /** This message alone is sealed, wherever it is said: kept encrypted, and over a medium that cannot carry it goes a link to it. */
  sealed?: true
}

/** Read messages of an interaction: after a number (oldest first), or the page before a number. Answer: `messages`. At most 100 a page. */
export interface Read {
  t: 'read'
  interaction: string
  after?: number
  before?: number
}

/** How far this client has received (`delivered`) and shown to the person (`read`) an interaction. Never goes back. */
export interface Seen {
  t: 'seen'
  interaction: string
  delivered: number
  read: number
}

/** The person is typing to `to`, or has stopped. Repeated at most every three seconds; forgotten after six. */
export interface Typing {
  t: 'typing'
  to: { conversation: string; ticket?: string } | { interaction: string }
  on: boolean
}

/** What the visitor chooses or fills in before or while asking. Unknown fields are refused. Answer: `conversation`. */
export interface Choose {
  t: 'choose'
  conversation: string
  topic?: string
  language?: string
  region?: string
  fields?: Record<string, string>
}

/** Do something to the structure (see operations.ts). `id` is taken once. Answer: `done`, or `refused` with the same `id`. */
export interface Do {
  t: 'do'
  id: string
  operation: string
  input: Record<string, unknown>
}

export interface Ping {
  t: 'ping'
}

// ————— server → client

export type ServerFrame =
  | Welcome
  | ConversationFrame
  | Messages
  | Gone
  | SaidFrame
  | DoneFrame
  | Refused
  | SeenBy
  | Tick
  | TypingBy
  | Changed
  | Pong

/**
 * Answer to `hello`: who you are and what you may see of conversations, the newest 200 and those of your cursors; then `messages` after each
 * cursor. Whatever you hold of a conversation that is left out, forget: it is not yours any more, or it had no cursor and may have changed. If
 * it is yours still, it comes anew as soon as you read in it.
 */
export interface Welcome {
  t: 'welcome'
  v: number
  you: { person: string; kind: 'visitor' | 'responder' }
  conversations: ConversationView[]
}

/**
 * A conversation as this person may see it, whole: when a new one begins, and whenever what they may see of its structure changes (someone
 * joins, a state changes, a right begins or ends). An interaction that is left out is not theirs any more: forget it.
 */
export interface ConversationFrame {
  t: 'conversation'
  conversation: ConversationView
}

/**
 * Nothing of a conversation is this person's to see any more: it was merged into another, or erased, or taken back. Forget it, and say so
 * where it is open. What is said to it from here on is refused as `not-there`.
 */
export interface Gone {
  t: 'gone'
  conversation: string
}

/** An operation that was asked for with `do` is done and durable. */
export interface DoneFrame {
  t: 'done'
  id: string
  result: OperationResult
}

/** Messages of one interaction, numbers rising without a gap. `more`: there is more after the last (or before the first, for a page backwards). */
export interface Messages {
  t: 'messages'
  interaction: string
  messages: MessageView[]
  more?: boolean
}

/**
 * The message is durable. `places` says where and under which number it stands in this person's view. `asSent`: it stands there with the
 * text of the `say`, unchanged and with nothing beside it, and this connection is sent no copy of it. A client that does not put it there
 * by itself finds a gap in its numbers and reads it.
 */
export interface SaidFrame {
  t: 'said'
  id: string
  message: string
  at: string
  places: { interaction: string; n: number }[]
  asSent?: true
}

/** A frame was understood and refused. `id` echoes `say.id` where there is one. `text` is for the person, in their language. */
export interface Refused {
  t: 'refused'
  id?: string
  reason: RefusalReason | OperationRefusal
  text: string
}

/** How far another participant's window has received and shown an interaction, in your numbers. */
export interface SeenBy {
  t: 'seen'
  interaction: string
  participant: string
  delivered: number
  read: number
}

/** State of your message on its way to one participant over a medium other than a window. */
export interface Tick {
  t: 'tick'
  interaction: string
  message: string
  participant: string
  state: DeliveryState
  reason?: string
}

export interface TypingBy {
  t: 'typing'
  interaction: string
  participant: string
  on: boolean
}

/** Something outside the conversations changed that this person may read over HTTP again. */
export interface Changed {
  t: 'changed'
  what: 'offers' | 'held' | 'addresses' | 'deliveries' | 'invitations'
}

export interface Pong {
  t: 'pong'
}

// ————— views

export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | 'replaced'

export interface ConversationView {
  id: string
  site: string
  state: 'open' | 'closed'
  /** The chosen topic, in the reader's language. */
  topic: string | null
  language: string
  createdAt: string
  /** `own`: begun by a responder with nobody else in it. */
  kind?: 'own'
  name?: string
  category?: string
  tags?: string[]
  folder?: string
  tickets?: TicketView[]
  /** What it, or something in it, is linked with and you may see. */
  links?: TieView[]
  /**
   * To who asks, where those who answer each have an exchange of their own: may these see each other's? Changed by the operation `let-see`.
   */
  letsSee?: boolean
  /** All of it is kept encrypted. Told to those who answer, and in an own space. */
  sealed?: true
  /** Are people still being looked for? Decides what the window tells the visitor. */
  hunt: 'not-begun' | 'looking' | 'found' | 'nobody'
  interactions: InteractionView[]
}

export interface TieView {
  /** The other end: what it is, its id, and the conversation that it is part of. */
  of: 'conversation' | 'ticket' | 'interaction'
  id: string
  conversation: string
  /** This end: the id of the conversation, or of what in it is linked. */
  from: string
}

/** For those who work with tickets: operators, and whom the site's policy shows them to. */
export interface TicketView {
  id: string
  state: 'open' | 'pending' | 'closed'
  name?: string
  category?: string
  tags?: string[]
  parent?: string
  /** All of it is kept encrypted: named on it, or on the conversation. Told to those who answer, and in an own space. */
  sealed?: true
}

export interface InteractionView {
  id: string
  /** Left out where you are not shown tickets. */
  ticket?: string
  kind: 'intake' | 'exchange' | 'backchannel'
  state: 'open' | 'closed'
  /** The interaction that this one was opened from, where you may see that one. */
  parent?: string
  /** A backchannel that is kept for whispering. */
  purpose?: 'whisper'
  name?: string
  category?: string
  /** The interaction in which it goes on, where you may see that one. */
  mergedInto?: string
  /** How many messages you may see: your highest `n`. */
  length: number
  /**
   * Names how your numbers run, and says nothing else. When it changes (something was granted or taken back, a right has ended, words that
   * you may read were erased), forget the messages and the cursor of this interaction, and whatever else you keep of its words: the latest
   * page comes by the new numbers, and nothing more by the old ones.
   */
  numbering?: string
  /** All that is said here is kept encrypted: named on it, on its ticket or on the conversation. Told as `sealed` of a conversation is. */
  sealed?: true
  /** May you write here? */
  writable: boolean
  participants: ParticipantView[]
}

export interface ParticipantView {
  id: string
  you: boolean
  role: 'initiator' | 'responder' | 'observer' | 'virtual'
  /** What this person is called here; identifies nobody unless the site names that side. */
  alias: string
  /** 0–7: a place in the palette of the window. */
  colour: number
  /** They may let people in here and take them out. Told to themselves, to others who manage here, and to who watches. */
  manages?: true
  /** Left, or still there. */
  state: 'here' | 'left'
  /** When they came in, and when they left. */
  joinedAt?: string
  leftAt?: string
  /** Why the conversation went on without them, in words; left out where they left by themselves. */
  leftBecause?: string
  /** Watermarks of their window in your numbers; 0 when they do not use one. */
  delivered: number
  read: number
}

export interface MessageView {
  n: number
  id: string
  /** The participant who wrote it; null for a line of the house (someone joined, a notice). */
  from: string | null
  at: string
  text: string
  /** The uncut text differs from `text`: it can be read at `/api/messages/:id/full`. */
  cut?: boolean
  /** Something in the text was masked. */
  masked?: boolean
  /** It was said elsewhere, and placed here besides. */
  copied?: boolean
  /** What was filed from elsewhere: when it was said, by whom, over what. */
  filed?: { at: string; by?: string; over?: string }
  /** It is kept sealed, and leaves only over what carries it so. */
  sealed?: boolean
  /** Nobody can read it again: its words were erased, or its key is no more. `text` is empty. */
  erased?: boolean
  /** Arrived over a medium that could not prove the sender. */
  unproven?: boolean
  /** May have been delivered twice: the outcome of an attempt was unknown. */
  attachments?: AttachmentView[]
  form?: { fields: FormField[]; answered: boolean }
  ticks?: { participant: string; state: DeliveryState; reason?: string }[]
}

export interface AttachmentView {
  id: string
  name: string
  type: string
  size: number
  /** Signed, expiring address on this server. */
  url: string
  image: boolean
}

export interface FormField {
  name: string
  label: string
  kind: 'text' | 'email' | 'phone' | 'choice'
  required: boolean
  choices?: string[]
}

export const refusalReasons = [
  'not-there', // not there, or not yours: the same answer
  'conversation-closed',
  'interaction-closed',
  'text-empty',
  'text-too-long',
  'too-fast',
  'too-many',
  'attachment-not-there',
  'attachment-refused',
  'unknown-choice',
  'form-incomplete',
  'form-answered', // somebody, or another window of the same person, was first
  'not-allowed',
  'try-again', // nothing was stored; the same frame may be sent again
] as const
export type RefusalReason = (typeof refusalReasons)[number]

// ————— long polling

/**
 * POST `/rt/poll`. First request: `{ frames: [hello, …] }`; the answer names a `session`. Then always one request under way:
 * it waits up to 25 s for frames. `ack` is the highest `seq` received: the server repeats what is not acknowledged.
 * `from` is the number of the request's first frame (frames count 1, 2, 3 … through the session, hello is 1), so that a repeated request
 * is taken once; a request whose `from` leaves a gap is not taken at all. A request with frames is answered at once, an empty one waits;
 * a newer request sends an older one home. Requests after the first carry the token of the `hello` as `authorization: Bearer …`: a
 * session is of no use without it. A refused request (400, 403, 410, 413, 429) has the same body, with `close`.
 */
export interface PollRequest {
  session?: string
  ack?: number
  from?: number
  frames: ClientFrame[]
}

export interface PollResponse {
  session: string
  /** The sequence number of the last frame in `frames`. */
  seq: number
  frames: ServerFrame[]
  /** Highest client frame number taken. */
  taken: number
  close?: { code: CloseCode; reason: string }
}
