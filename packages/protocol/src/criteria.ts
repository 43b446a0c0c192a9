/**
 * What responders want to be asked, and who would get a question. Desk calls; what is under `admin` is for administrators, everyone else is
 * refused by `not-allowed`.
 */

/** What is compared: `site`, `topic`, `product`, `language`, `region`, `url`, `network`, `words`, or `field:NAME`, `page:NAME`, `answer:NAME`. */
export type AboutView = string

/** One of these values, or (of fields, page facts and answers) a number from … to …, both included. */
export interface ConditionView {
  about: AboutView
  oneOf?: readonly string[]
  from?: number
  to?: number
}

export interface HoursView {
  /** IANA name. */
  timeZone: string
  /** Minutes since midnight by the clock there; `day` 1 is Monday. `to` is not included, 1440 is midnight. */
  week: readonly { day: number; from: number; to: number }[]
  /** `2026-12-25`, or `12-25` for every year. */
  holidays?: readonly string[]
}

/** `all` must hold, of `any` one, of `none` none. What is not known of a question excludes nobody. */
export interface CriteriaView {
  all?: readonly ConditionView[]
  any?: readonly ConditionView[]
  none?: readonly ConditionView[]
  /** Left out: at any hour. */
  hours?: HoursView
  /** Instants (ISO 8601 with an offset); `to` is not included. */
  away?: readonly { from: string; to: string }[]
}

/**
 * GET and PUT `/api/desk/me/criteria`, and for an administrator `/api/desk/admin/responders/:person/criteria`. PUT takes the whole, and
 * answers what was saved: trimmed, each value once. What cannot be saved is refused by `criteria-refused`, a
 * `Problem` that names every place in `problems`.
 */
export interface CriteriaBody {
  criteria: CriteriaView
}

/** GET `/api/desk/criteria-choices`: what wishes can be about here, by name. */
export interface CriteriaChoices {
  sites: { id: string; name: string }[]
  topics: { id: string; site: string; name: string }[]
  /** What visitors are asked to fill in, by the names that conditions use (`field:NAME`), with the choices where there are some. */
  fields: { name: string; label: string; choices: string[] }[]
  /** Regions by names of the sites' own. Countries and their parts are by ISO 3166. */
  regions: string[]
  languages: string[]
  /** Only for administrators; else empty. */
  teams: { id: string; name: string }[]
}

/** A question that somebody might ask, as far as it is known. */
export interface TriedRequest {
  /** By what they are about; never empty lists. */
  facts: Record<AboutView, readonly string[]>
  /** null: nothing has been said yet. */
  text: string | null
  /** Whom it is for; left out: whoever wants it. */
  target?: { people?: readonly string[]; teams?: readonly string[] }
  /** When it comes; left out: now. */
  at?: string
}

/** How one condition fares: `by` is the value that fits, as it was written. */
export interface ConditionVerdictView {
  group: 'all' | 'any' | 'none'
  index: number
  about: AboutView
  holding: 'met' | 'not-met' | 'not-known'
  by: string | null
}
/** Why somebody would not be asked, the first reason: what passes by itself (away, holiday, hours) only if nothing else stands against it. */
export type BecauseView =
  | { code: 'not-targeted' | 'none-of-any' | 'holiday' | 'out-of-hours' }
  | { code: 'other-than-wanted' | 'not-wanted'; group: string; index: number; about: AboutView }
  | { code: 'away'; until: string }
export interface VerdictView {
  matches: boolean
  because: BecauseView | null
  target: 'none' | 'met' | 'not-met'
  conditions: readonly ConditionVerdictView[]
  hours: 'open' | 'closed' | 'holiday' | 'any'
  awayUntil: string | null
  /** When their hours begin again, if they are closed. */
  opensAt: string | null
}

/** POST `/api/desk/me/would-i-get`: would you get this? `criteria`: as if these were saved; left out: your own as they are. */
export interface WouldIGetRequest {
  request: TriedRequest
  criteria?: CriteriaView
}
export interface WouldIGetResponse {
  verdict: VerdictView
  criteria: CriteriaView
}

/** POST `/api/desk/admin/who-would-get`: everyone's verdict, those who would be asked first, then those with the fewest reasons against it. */
export interface WhoWouldGetRequest {
  request: TriedRequest
  /** As if this person had these. */
  instead?: { person: string; criteria: CriteriaView }
  /** From the how-manieth on; 0 at first, then `next`. */
  from?: number
}
export interface WhoWouldGetResponse {
  /** How many would be asked: they match, and neither pause nor have as many conversations as they take. */
  count: number
  /** How many were judged. */
  judged: number
  /** False: there are more responders than a preview looks at. */
  isWhole: boolean
  people: PersonVerdictView[]
  /** Whose wishes were replaced, wherever among the others they stand; null if nobody's were. */
  instead: PersonVerdictView | null
  /** null: these were the last. */
  next: number | null
}
export interface PersonVerdictView {
  person: string
  name: string
  alias: string
  /** What they do just now, which criteria say nothing about. */
  live: 'free' | 'paused' | 'joining' | 'at-capacity'
  criteria: CriteriaView
  verdict: VerdictView
}
