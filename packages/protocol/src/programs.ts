/**
 * What programs and we say to each other: the REST interface under `/api/v1` (its description: `/api/v1/openapi.json`), and the webhooks
 * that we send. Every request but the description's carries `authorization: Bearer parley_…`; ids are never a proof.
 */
import type { CriteriaView } from './criteria.ts'

/** `read`: conversations, offers, deliveries, events. `answer`: say, answer, decline. `begin`: begin and close conversations. `manage`: own criteria, endpoint, sending again. */
export const programScopes = ['read', 'answer', 'begin', 'manage'] as const
export type ProgramScope = (typeof programScopes)[number]

/** Every error answer, as `application/problem+json` (RFC 9457). */
export interface ProgramProblem {
  title: string
  status: number
  /** From one list, for programs to tell apart; the description names them for each call. */
  code: string
  /** For the person who reads the log. */
  detail: string
  /** Seconds, where it may go well later. */
  retryAfterSeconds?: number
}

/** Pages follow each other by `next`, given as `after`; null on the last. */
export interface ProgramPage<T> {
  items: T[]
  next: string | null
}

export interface ProgramSelf {
  id: string
  name: string
  /** What others see of it. */
  alias: string
  language: string
  /** Paused: it is asked nothing. */
  state: 'active' | 'paused'
  /** What the key that was shown may do. */
  scopes: ProgramScope[]
  endpoint: ProgramEndpointView | null
}

export interface ProgramEndpointView {
  url: string
  /** Nothing goes to an unproven one. Failing: it was given up, until it answers a ping again. */
  state: 'unproven' | 'proven' | 'failing'
  /** What is wrong, as a code. */
  failing: string | null
  /** While a secret is being replaced: until then the old one signs besides. */
  oldSecretUntil: string | null
}

/** A conversation from the program's own point of view, or from that of somebody for whom it acts. */
export interface ProgramConversation {
  id: string
  /** For whom the program is in it, by its own name for them; null: for itself. */
  as: string | null
  site: string
  state: 'open' | 'closed'
  topic: string | null
  language: string
  createdAt: string
  /** Are people still looked for? */
  hunt: 'not-begun' | 'looking' | 'found' | 'nobody'
  /** What the house keeps beside it, as far as the site's policy shows it to whom the program is there for. `category` is an id. */
  name?: string | undefined
  category?: string | undefined
  tags?: string[] | undefined
  folder?: string | undefined
  interactions: ProgramInteraction[]
}
export interface ProgramInteraction {
  id: string
  kind: 'intake' | 'exchange' | 'backchannel'
  state: 'open' | 'closed'
  /** How many messages may be seen: the highest `n`. */
  length: number
  writable: boolean
  participants: ProgramParticipant[]
}
export interface ProgramParticipant {
  id: string
  you: boolean
  role: 'initiator' | 'responder' | 'observer' | 'virtual'
  alias: string
  state: 'here' | 'left'
}

export interface ProgramMessage {
  /** 1, 2, 3 … in what may be seen of this interaction. */
  n: number
  id: string
  /** A participant's id. */
  from: string | null
  at: string
  text: string
  /**
   * It is kept sealed: read here over the program's own connection, and over a webhook only as a link. Whoever passes it on has to
   * protect it on its way.
   */
  sealed: boolean
  attachments: ProgramAttachment[]
}
export interface ProgramAttachment {
  name: string
  type: string
  size: number
  /** Signed; it expires within hours. */
  url: string
}
export interface ProgramMessages {
  messages: ProgramMessage[]
  /** There are more in the direction that was asked for. */
  more: boolean
}

export interface BeginConversation {
  /** A site's public key, as it stands in its pages. */
  site: string
  /** For whom, by the program's own name for them (a customer number, say): each has a conversation of their own. Left out: the program itself. */
  as?: string
  text: string
  /** This message alone is sealed: kept encrypted, and never sent over a medium that cannot carry it so. */
  sealed?: boolean
  language?: string
  topic?: string
  /** What the site asks before it begins. */
  fields?: Record<string, string>
}
export interface BegunConversation {
  conversation: ProgramConversation
  message: ProgramSaid
}
export interface SayInConversation {
  text: string
  /** See `BeginConversation.sealed`. */
  sealed?: boolean
  /** Left out: to everyone there. */
  interaction?: string
  /** See `ProgramConversation.as`. */
  as?: string
}
export interface ProgramSaid {
  id: string
  at: string
  /** It had been said before by the same Idempotency-Key. */
  repeated: boolean
}

export interface ProgramOffer {
  id: string
  site: string
  topic: string | null
  language: string
  /** How the site calls who asks, and from where. */
  asker: string
  /** What was asked so far, screened. */
  text: string
  at: string
  state: 'open' | 'waiting' | 'admitted' | 'declined' | 'withdrawn' | 'expired' | 'late'
  because: string
}
export interface AnswerText {
  text: string
}
/** `late`: kept for its author and supervisors; `because` says why it found no place. */
export type OfferAnswered =
  | { outcome: 'admitted'; conversation: string; interaction: string }
  | { outcome: 'late'; because: string }

/** An answer to something that came by webhook: `to` as it stood there. */
export interface ReplyTo {
  to: string
  text: string
}
/** `noted`: stored for the record, and why it is not an answer; `held`: kept for a decision. */
export interface ProgramReplied {
  outcome: 'accepted' | 'duplicate' | 'held' | 'noted'
  because: string | null
}

export interface ProgramCriteria {
  criteria: CriteriaView
}
export interface SetProgramEndpoint {
  url: string
}
export interface ProgramSecret {
  /** `whsec_…` */
  secret: string
}

/** Something on its way to the program's endpoint. */
export interface ProgramDelivery {
  /** The `webhook-id` that it goes by. */
  id: string
  kind: 'message' | 'offer' | 'notice'
  as: string | null
  conversation: string | null
  interaction: string | null
  message: string | null
  offer: string | null
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | 'replaced'
  reason: string | null
  createdAt: string
  attempts: { at: string; outcome: string; reason: string | null }[]
}

export interface ProgramEvent {
  id: string
  /** A conversation began or ended; a place was given in it (to the program, or to who answers whom it acts for); nobody was found. */
  kind: 'conversation-opened' | 'conversation-closed' | 'admitted' | 'hunt-nobody'
  as: string | null
  conversation: string
  interaction: string | null
  at: string
}

// ————— webhooks

/** What is posted to an endpoint, signed by the Standard Webhooks specification. */
export type ProgramWebhook =
  | { type: 'message' | 'offer' | 'notice'; timestamp: string; data: WebhookDelivery }
  /** Whether the endpoint is the program's. Answer 200 with `{"challenge": …}` as it stands here. */
  | { type: 'ping'; timestamp: string; data: { challenge: string } }

export interface WebhookDelivery {
  /** Where an answer goes (`POST /api/v1/replies`, or `{"reply": {"text": …}}` in the answer to this); null: nobody can answer this. */
  to: string | null
  /** Who speaks from there. */
  alias: string | null
  /** For whom the program is there, by its own name for them; null: for itself. */
  as: string | null
  /** Language of the house's words. */
  language: string
  subject: string
  /** All of it in lines of plain text. */
  text: string
  blocks: WebhookBlock[]
  attachments: ProgramAttachment[]
  /** An earlier attempt may have arrived: it had the same `webhook-id`. */
  maybeTwice: boolean
}
export type WebhookBlock =
  /** Someone's words. */
  | { kind: 'said'; by: string | null; text: string; at: string | null }
  /** A line of the house. */
  | { kind: 'note'; text: string }
  | { kind: 'earlier'; title: string; entries: { by: string; text: string; at: string }[] }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'code'; label: string; code: string }

/** What an endpoint may answer with, as JSON, beside an empty body. */
export interface WebhookAnswer {
  challenge?: string
  reply?: { text: string }
}

// ————— the panel

/**
 * GET `/api/desk/admin/programs` lists them; POST `NewProgramRequest` makes one and answers it; PATCH `/api/desk/admin/programs/:id`
 * `ProgramPatch`; PUT `…/:id/endpoint` `SetProgramEndpoint` pings and keeps it; POST `…/:id/endpoint/test` pings it again;
 * POST `…/:id/secret` shows the signing secret, `…/:id/secret/new` makes another (`ProgramSecret`); POST `…/:id/keys` `NewProgramKeyRequest`
 * makes a key and answers `NewProgramKey`, the only time that it is shown; DELETE `…/:id/keys/:key` revokes it; GET `…/:id/deliveries?after=`
 * is the log (`ProgramPage<ProgramDelivery>`); POST `…/:id/deliveries/:delivery/resend` sends one again. Criteria: as everyone's.
 */
export interface ProgramView {
  id: string
  name: string
  alias: string
  language: string
  state: 'active' | 'paused'
  createdAt: string
  endpoint: ProgramEndpointView | null
  keys: ProgramKeyView[]
}
export interface ProgramKeyView {
  id: string
  name: string
  /** Its last four characters. */
  endsWith: string
  scopes: ProgramScope[]
  createdAt: string
  expiresAt: string | null
  usedAt: string | null
}
export interface NewProgramRequest {
  name: string
  alias: string
  language: string
}
export interface ProgramPatch {
  name?: string
  alias?: string
  state?: 'active' | 'paused' | 'removed'
}
export interface NewProgramKeyRequest {
  name: string
  scopes: ProgramScope[]
  expiresAt?: string | null
}
export interface NewProgramKey {
  key: ProgramKeyView
  secret: string
}
