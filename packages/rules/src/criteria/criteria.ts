/**
 * What a fact is about. How a responder's wish is compared with it follows from this alone:
 * - `site`, `topic`, `product`, `field:NAME` (chosen or filled in), `page:NAME` (told by the page), `answer:NAME` (given to the concierge):
 *   the same text, case and white space aside
 * - `language`: the same primary language (BCP 47): who answers in pt-BR understands a question in pt-PT
 * - `region`: ISO 3166, or a name that a site has for its own regions; a wish for `US` wants `US-AK`, and not the other way round
 * - `url`: a pattern for the page's address, `*` for any run of characters: `https://shop.example/garden/*`
 * - `network`: the visitor's network by name; a wish for `example.edu` wants `lab.example.edu`
 * - `words`: a word or a phrase in what was said; a trailing `*` for any ending: `leak*`
 */
export type About =
  | 'site'
  | 'topic'
  | 'product'
  | 'language'
  | 'region'
  | 'url'
  | 'network'
  | 'words'
  | `field:${string}`
  | `page:${string}`
  | `answer:${string}`

/** One thing that a responder wants, or does not want: the fact is one of these, or a number between these bounds (both included). */
export type Condition =
  | { readonly about: About; readonly oneOf: readonly string[] }
  | {
      readonly about: `field:${string}` | `page:${string}` | `answer:${string}`
      readonly from?: number
      readonly to?: number
    }

/** Minutes since midnight, `from` included, `to` not: 9:00 to 17:30 is 540 to 1050. A span over midnight is two. */
export interface DaySpan {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly day: number
  readonly from: number
  readonly to: number
}

/** When a person may be asked, by their own clock. */
export interface Hours {
  /** IANA name: `America/Anchorage`. */
  readonly timeZone: string
  readonly week: readonly DaySpan[]
  /** Whole days on which they are not asked, by their own calendar: `2026-12-25`, or `12-25` for every year. */
  readonly holidays?: readonly string[]
}

/**
 * What a responder wants to be asked. `all` must hold, of `any` one (where there are some), of `none` none. A fact that is not known
 * excludes nobody: it satisfies what is wanted and does not touch what is not wanted.
 */
export interface Criteria {
  readonly all?: readonly Condition[]
  readonly any?: readonly Condition[]
  readonly none?: readonly Condition[]
  /** Left out: at any hour. */
  readonly hours?: Hours
  /** Away from and until, as instants (ISO 8601, `to` not included). */
  readonly away?: readonly { readonly from: string; readonly to: string }[]
}

/** Whom a request is directed at, where it says so: everyone else is left out. */
export interface Target {
  /** Person ids. */
  readonly people?: readonly string[]
  /** Team and department ids. */
  readonly teams?: readonly string[]
}

/** What a request is about, as far as it is known, and whom it is for. */
export interface HelpRequest {
  /** What is known: never empty lists. A `words` fact is `text`. */
  readonly facts: Partial<Readonly<Record<Exclude<About, 'words'>, readonly string[]>>>
  /** What the visitor has said so far; null before the first word. */
  readonly text: string | null
  readonly target?: Target
}

/** A responder as the search sees one. Load, presence and capacity are live and looked at later, for those only whom this finds. */
export interface Wanting {
  readonly person: string
  readonly teams: readonly string[]
  readonly criteria: Criteria
}
