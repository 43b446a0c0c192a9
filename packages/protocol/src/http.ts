/**
 * The HTTP contract, JSON both ways. Errors are `Problem` with a fitting status. Ids are never a proof: every request carries
 *   - visitor: `authorization: Bearer <token>` from `enter` (short-lived, kept in memory only), or
 *   - desk: the session cookie of `/api/auth` and, for anything that changes something, our own Origin.
 */
import type { HoursView } from './criteria.ts'
import type { AttachmentView, ConversationView, DeliveryState, FormField, MessageView } from './real-time.ts'

/** Every error answer. `text` is for a person, in the language of the request. */
export interface Problem {
  reason: string
  text: string
  /** Seconds to wait before asking again, for `too-many`. */
  retryAfterSeconds?: number
  /** Where several places of what was sent are wrong: each of them. */
  problems?: readonly ProblemAt[]
}
export interface ProblemAt {
  /** `['all', 2, 'oneOf', 17]`, counted from 0. */
  path: (string | number)[]
  code: string
  /** For a person, in their language, with the place named. */
  text: string
}

// ————— the visitor's window

/** GET `/api/widget/:siteKey?language=de`: everything the window needs before it talks. Cacheable for a minute. */
export interface WidgetConfig {
  site: string
  name: string
  title: string
  greeting: string
  /** Accent colour, `#rrggbb`. */
  colour: string
  languages: string[]
  /** Empty when the site has none. */
  topics: { id: string; name: string }[]
  regions: string[]
  ask: { topic: 'no' | 'optional' | 'required'; language: boolean; region: boolean; fields: FormField[] }
  /** May the visitor answer one responder only? */
  privateAnswers: boolean
  maxUploadBytes: number
  uploadTypes: string[]
  /** On which of them the visitor can have an address to carry on at. */
  media: TypedMedium[]
  /** Can a browser be told while its page is closed? */
  push: boolean
  /** Hosts of the account's sites (`shop.example`): a click on a link to one of them takes the conversation along by a hand-over key. */
  domains?: string[]
}

/**
 * POST `/api/visitor/enter`: opens the window. One of the proofs, or none for a new visitor. The HttpOnly cookie is looked at first.
 * `handOver` (from another domain of the account) and `recovery` (from a link) are taken once.
 */
export interface EnterRequest {
  site: string
  secret?: string
  handOver?: string
  recovery?: string
  /** A JWT signed by the site's own server that says who this is (`parley('identify', …)`). One that does not verify is refused. */
  identify?: string
  page?: { url: string; title?: string; referrer?: string }
  language?: string
}

export interface EnterResponse {
  /** For the real-time connection and the HTTP calls; valid for `expiresInMs`. */
  token: string
  expiresInMs: number
  /** Only when the visitor is new here or came by a link: keep it in the host page's storage unless `/api/visitor/cookie` says that the cookie works. */
  secret?: string
  /** The visitor's open conversation, if there is one. */
  conversation: ConversationView | null
  /** The page's host on which this conversation was before, when a hand-over or a recovery link brought it here. */
  continuedFrom?: string
}

/** GET `/api/visitor/cookie` (with credentials): did the cookie come back? */
export interface CookieCheck {
  works: boolean
}

/** POST `/api/visitor/conversation`: the visitor's open conversation, begun if there is none. Repeating it begins no second one; `context` is then replaced. */
export interface EnterConversation {
  topic?: string
  language?: string
  region?: string
  fields?: Record<string, string>
  /** How many people may answer, where the site lets the visitor choose. */
  answers?: number
  /** A team or department that the question is for; an empty one takes it back. */
  team?: string
  /** What the page says about itself (`parley('update', …)`): cart, tags, custom fields. At most 20, as texts. */
  context?: Record<string, string>
  page?: { url: string; title?: string; referrer?: string }
}

/** POST `/api/visitor/leave`: "not you?" or "end this conversation". `forget` drops this browser's key; `close` ends the conversation. */
export interface LeaveRequest {
  close?: boolean
  forget?: boolean
}

/** POST `/api/visitor/hand-over`: a key for one click on a link to another domain of the account: single use, 60 seconds. */
export interface HandOverRequest {
  source: string
  target: string
}
export interface HandOverResponse {
  key: string
}

/** POST `/api/visitor/recovery`: a link by which this conversation can be read again from anywhere. Its key is stored hashed. */
export interface RecoveryResponse {
  url: string
}

/** On which media somebody can type an address of their own. */
export type TypedMedium = 'email' | 'sms' | 'xmpp' | 'sip'

/** GET `/api/visitor/media` and `/api/desk/media`: those of them that can be had here, in the order in which to offer them. */
export interface MediaView {
  media: TypedMedium[]
}

/** POST `/api/visitor/addresses` and `/api/desk/addresses`: sends a code there. Nothing else is sent there before it is confirmed. `value`: as they typed it. */
export interface AddAddressRequest {
  medium: TypedMedium
  value: string
}
/** POST `/api/visitor/addresses/confirm` and `/api/desk/addresses/confirm`. */
export interface ConfirmAddressRequest {
  address: string
  code: string
}
export interface AddressView {
  id: string
  medium: string
  value: string
  state: 'unproven' | 'proven' | 'failing'
  /** Use it for new questions (offers)? */
  offers: boolean
  position: number
  /** When questions may go there; left out: at any hour. */
  hours?: HoursView
  failing?: string
}

/** PATCH `/api/visitor/addresses/:id` and `/api/desk/addresses/:id`: `position` moves it, counted from 0; the others make room. `hours` null: at any hour. */
export type AddressPatch = Partial<Pick<AddressView, 'offers' | 'position'>> & { hours?: HoursView | null }

/** POST `/api/visitor/transcript` `{ address }`: mails the conversation, as the visitor may see it, to a confirmed address. */
export interface TranscriptRequest {
  address: string
}

/**
 * POST `/api/uploads?name=…` with the bytes as body and their type as content-type. Answer: the attachment, or a `Problem`. With `&sealed=1`
 * it never lies open: for a message that is sealed by itself.
 */
export type UploadResponse = AttachmentView

/**
 * POST `/api/link/read`, from the page `/read#KEY` that a mail links to: the conversation as the person may see it whom the mail was sent
 * to. The last page of each interaction, or the one before `before` of one `interaction`. POST `/api/link/read/full` `{ key, message }`
 * answers `FullMessage`. `language` is that of refusals.
 */
export interface LinkReadRequest {
  key: string
  language?: string
  interaction?: string
  before?: number
}
export interface LinkReadResponse {
  language: string
  dir: 'ltr' | 'rtl'
  /** Lines of the page in the person's language. */
  words: Record<string, string>
  site: string
  conversation: ConversationView
  pages: { interaction: string; messages: MessageView[]; more: boolean }[]
}

/**
 * GET `/api/desk/search?q=…&after=…`: messages that the caller may read and that hold every word of `q`, the newest first, thirty a page.
 * `next` is given as `after` for the page that follows; null where there is none. What is sealed is not looked through. `n` is in the
 * caller's own numbers, as in real time.
 */
export interface SearchResponse {
  hits: {
    conversation: string
    interaction: string
    n: number
    message: string
    at: string
    by: string
    excerpt: readonly { text: string; hit: boolean }[]
  }[]
  next: string | null
}

/** POST `/api/link/held` `{ key, language? }`, from the page `/held#KEY`: what was held in the person's name; null when it was decided before. */
export interface LinkHeldResponse {
  language: string
  dir: 'ltr' | 'rtl'
  words: Record<string, string>
  site: string
  held: HeldView | null
}

/** POST `/api/link/held/decide` `{ key, language?, decision: 'release' | 'discard' }`. `late`: it could not be passed on any more. */
export interface LinkDecideResponse {
  outcome: 'released' | 'discarded' | 'late' | 'decided'
  text: string
}

/** GET `/api/messages/:id/full`: the uncut text, masked as the reader may see it. */
export interface FullMessage {
  text: string
  cuts: { from: number; to: number; why: string }[]
}

// ————— the desk

/** POST `/api/desk/token`: a short token for the real-time connection. */
export interface DeskToken {
  token: string
  expiresInMs: number
}

/**
 * What somebody may do here: whoever answers, on any medium; who answers and knows the visitors; who may also watch and coach; who also
 * configures. Each may what those before may.
 */
export type Role = 'responder' | 'operator' | 'supervisor' | 'administrator'

/** GET and PATCH `/api/desk/me`. */
export interface Me {
  person: string
  role: Role
  name: string
  alias: string
  language: string
  state: 'active' | 'paused' | 'left'
  /** How many conversations at once; null: no limit. */
  capacity: number | null
  /** How many questions in an hour; null: no limit. */
  perHour: number | null
  topics: string[]
  languages: string[]
  addresses: AddressView[]
}
export type MePatch = Partial<
  Pick<Me, 'name' | 'alias' | 'language' | 'state' | 'capacity' | 'perHour' | 'topics' | 'languages'>
>

/*
 * Your own addresses, besides `addresses` of `Me`. Adding and confirming answer the `AddressView`, changing all of them in order:
 *   - POST `/api/desk/addresses` `AddAddressRequest`: adds one, unproven, and sends a code there; repeating it sends a new code.
 *   - POST `/api/desk/addresses/confirm` `ConfirmAddressRequest`.
 *   - PATCH `/api/desk/addresses/:id` `AddressPatch`.
 *   - POST `/api/desk/addresses/:id/test`: sends a line there.
 *   - DELETE `/api/desk/addresses/:id`.
 */

/** GET `/api/desk/topics`. */
export interface TopicView {
  id: string
  site: string
  siteName: string
  name: string
}

/** GET `/api/desk/offers`: questions that wait for an answer from you, newest first. */
export interface OfferView {
  id: string
  site: string
  topic: string | null
  language: string
  /** How the site calls its visitors, and from where: "A visitor from Alaska". */
  asker: string
  /** What was asked so far, screened most strictly. */
  text: string
  at: string
  /** `waiting`: you have answered, and the answer is kept for one over a preferred medium. */
  state: 'open' | 'waiting' | 'admitted' | 'declined' | 'withdrawn' | 'expired' | 'late'
  /** Why you were asked. */
  because: string
}
/** POST `/api/desk/offers/:id/decline`: "not for me". Answers `{}`. */

/** POST `/api/desk/offers/:id/answer`; `id` is an echo id as in `say`. */
export interface AnswerOfferRequest {
  id: string
  text: string
  attachments?: string[]
}
export type AnswerOfferResponse =
  | { outcome: 'admitted'; conversation: string; interaction: string }
  | { outcome: 'late'; text: string }

/**
 * GET `/api/desk/conversations`: the newest two hundred that the caller may read something of, as they see them: `ConversationView[]`.
 * GET `/api/desk/conversations/:id`: one of them, however old: `ConversationView`. The id of what was merged into another answers the other.
 * What is not there and what is not theirs are refused alike, with `not-there`. Its messages are read in real time (`read`), once the client
 * has learned it.
 */

/**
 * GET `/api/desk/held`: what was kept for a decision. POST `/api/desk/held/:id/release` and `…/discard` decide it and answer `{ outcome }`.
 * What has no place to go any more is refused with `conversation-closed` or `interaction-closed`, and still waits.
 */
export interface HeldView {
  id: string
  channel: string
  why: string
  /** The sender it claims, masked unless it is your own address. */
  claims: string
  text: string
  attachments: { name: string; type: string; size: number }[]
  conversation: string | null
  at: string
  expiresAt: string
}

/** GET `/api/desk/deliveries?conversation=…`: your own messages on their way, and what is on its way to you. */
export interface DeliveryView {
  id: string
  kind: 'message' | 'offer' | 'notice'
  medium: string
  /** The other side is an alias, never an address; your own address is shown. */
  to: string
  message: string | null
  state: DeliveryState
  reason: string | null
  attempts: { at: string; outcome: string; reason: string | null }[]
  maybeTwice: boolean
  updatedAt: string
}
/** POST `/api/desk/deliveries/:id/resend`: queues it again and answers the new state. */
export interface ResendResponse {
  delivery: DeliveryView
}
