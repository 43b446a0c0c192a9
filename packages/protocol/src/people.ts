/**
 * What administrators do under `/api/desk/admin/…`, and what everybody does on the account's joining page. JSON both ways; refusals are
 * `Problem`, `not-allowed` for whoever is no administrator.
 */
import type { Role, TypedMedium } from './http.ts'

/**
 * A direct link. GET `/api/desk/admin/links` lists them, newest first; POST `NewLinkRequest` makes one and answers it; POST
 * `/api/desk/admin/links/:id/end` ends it: nobody new comes by it, what came by it goes on.
 */
export interface LinkView {
  id: string
  site: string
  /** What stands behind `/l/`, and may stand in a page's address as `?parley-link=` or in its script tag as `data-site`. */
  code: string
  url: string
  name: string
  topic: string | null
  /** Person ids: only these are asked. Teams likewise. Both empty: whoever wants such questions. */
  people: string[]
  teams: string[]
  /** What is known of a question that comes by it: `product`, `region`, `language`, `field:NAME`, `page:NAME`. */
  facts: Record<string, string[]>
  /** How many conversations may begin by it; null: any number. */
  uses: number | null
  used: number
  expiresAt: string | null
  createdAt: string
}
export interface NewLinkRequest {
  site: string
  name: string
  code?: string
  topic?: string | null
  people?: string[]
  teams?: string[]
  facts?: Record<string, string[]>
  uses?: number | null
  expiresAt?: string | null
}

// ————— people and teams

/** GET `/api/desk/admin/people`: those who wait for a yes first, those who have gone last. */
export interface AdminPerson {
  id: string
  name: string
  alias: string
  language: string
  role: Role
  state: 'waiting' | 'active' | 'paused' | 'left' | 'removed'
  /** How many conversations at once; null: no limit. */
  capacity: number | null
  /** In how many they are now, and how many questions wait for them. */
  open: number
  asked: number
  teams: string[]
  addresses: { medium: string; value: string; state: 'unproven' | 'proven' | 'failing' }[]
  since: string
}
/**
 * PATCH `/api/desk/admin/people/:id` answers `AdminPerson`. `state`: `active` takes in who waits, resumes who is paused, and brings back who
 * has gone; `removed` says no to who waits, and ends the part of everyone else.
 */
export interface AdminPersonPatch {
  role?: Role
  state?: 'active' | 'paused' | 'removed'
  capacity?: number | null
}

/** GET and POST `/api/desk/admin/teams`; PATCH and DELETE `/api/desk/admin/teams/:id`. `names` by language, as topics have them. */
export interface TeamView {
  id: string
  kind: 'team' | 'department'
  names: Record<string, string>
  /** Person ids. */
  members: string[]
}
export interface TeamRequest {
  kind?: 'team' | 'department'
  names?: Record<string, string>
  members?: string[]
}

// ————— joining

/** Who may join: anyone; anyone with an invitation; anyone, after a yes; nobody. */
export type JoiningMode = 'open' | 'invited' | 'approved' | 'closed'

/** GET and PATCH `{ mode }` `/api/desk/admin/joining`. `url` is the account's joining page. */
export interface JoiningView {
  mode: JoiningMode
  url: string
  invitations: InvitationView[]
}
export interface InvitationView {
  id: string
  name: string
  team: string | null
  uses: number
  used: number
  expiresAt: string
  createdAt: string
}
/** POST `/api/desk/admin/invitations`; `email` has it mailed there. POST `/api/desk/admin/invitations/:id/end` ends one. */
export interface InvitationRequest {
  name: string
  team?: string | null
  uses?: number
  days?: number
  email?: string
}
/** `url` is told this once. */
export interface InvitationResponse {
  invitation: InvitationView
  url: string
}

/** GET `/api/join/:key?language=de`: what the joining page `/join/:key` needs. */
export interface JoinPageView {
  account: string
  mode: JoiningMode
  /** On which of them the first address may be. */
  media: TypedMedium[]
  topics: { id: string; site: string; name: string }[]
}
/** POST `/api/join/:key/invitation` `{ invitation }`, from the page's fragment. */
export interface JoinInvitationView {
  standing: 'good' | 'ended'
}
/** POST `/api/join/:key`: a code goes to the address `value`, as they typed it, and nothing else happens before it comes back. */
export interface JoinRequest {
  invitation?: string
  name: string
  alias: string
  language: string
  medium: TypedMedium
  value: string
  topics?: string[]
  languages?: string[]
  regions?: string[]
  keywords?: string[]
  hours?: { timeZone: string; week: { day: number; from: number; to: number }[] }
}
/** `key` is for confirming, in the page's memory. */
export interface JoinResponse {
  key: string
}
/** POST `/api/join/:key/confirm` `{ key, code }`. `signIn`: a one-time link to the desk; null while they wait for a yes. */
export interface JoinConfirmResponse {
  state: 'active' | 'paused' | 'waiting'
  /** They were here before: nothing was changed but that they are back. */
  known: boolean
  signIn: string | null
}

/** POST `/api/join/membership` `{ key }`, from the fragment `#m=KEY` of a link in a mail; with `state` it changes it. */
export interface MembershipRequest {
  key: string
  state?: 'active' | 'paused' | 'left'
}
export interface MembershipView {
  account: string
  alias: string
  state: 'waiting' | 'active' | 'paused' | 'left' | 'removed'
}

// ————— sites and topics

/**
 * GET `/api/desk/admin/sites`; POST `{ name, domains }` makes one; PATCH `/api/desk/admin/sites/:id` `AdminSitePatch`. POST
 * `/api/desk/admin/sites/check` `{ policy }` answers `{ problems: PolicyProblem[] }`, empty when it could be saved. Topics: POST
 * `/api/desk/admin/sites/:id/topics` `{ names }` and PATCH `/api/desk/admin/topics/:id` `{ names?, position? }` answer the site; DELETE
 * `/api/desk/admin/topics/:id`.
 */
export interface AdminSite {
  id: string
  /** Stands in the page's script tag. */
  key: string
  name: string
  /** Hosts on which its window may stand, with the port where it is not the usual one. */
  domains: string[]
  /** As the server keeps it: every part is there. A whole policy is sent back. */
  policy: object
  topics: { id: string; names: Record<string, string> }[]
}
export interface AdminSitePatch {
  name?: string
  domains?: string[]
  policy?: object
}
export interface PolicyProblem {
  /** `hunt.waves.0.most` */
  path: string
  message: string
}
