import type { About, Condition, HelpRequest, Target, Wanting } from './criteria.ts'
import { foldUrl, matchesPattern } from './matches-pattern.ts'
import { normalise } from './normalise.ts'
import { type HoursState, hoursState } from './opening-hours.ts'
import { type PreparedRequest, prepareRequest } from './prepare-request.ts'
import { holdsPhrase, phraseOf } from './words-of.ts'

export type Group = 'all' | 'any' | 'none'
export type Holding = 'met' | 'not-met' | 'not-known'

/** How one condition fares. */
export interface ConditionVerdict {
  readonly group: Group
  /** Its place in the group. */
  readonly index: number
  readonly about: About
  readonly holding: Holding
  /** The wish that is met, as it was written; null for numbers and where none is. */
  readonly by: string | null
}

/** The first reason why somebody is not asked; what passes by itself (`away`, `holiday`, `out-of-hours`) only if nothing else stands against it. */
export type Because =
  /** The request names people or teams, and they are none of them. */
  | { readonly code: 'not-targeted' }
  /** A condition of `all` is not met. */
  | { readonly code: 'other-than-wanted'; readonly group: 'all'; readonly index: number; readonly about: About }
  /** No condition of `any` is met. */
  | { readonly code: 'none-of-any' }
  /** A condition of `none` is met. */
  | { readonly code: 'not-wanted'; readonly group: 'none'; readonly index: number; readonly about: About }
  | { readonly code: 'away'; readonly until: string }
  | { readonly code: 'holiday' }
  | { readonly code: 'out-of-hours' }

interface Reasons {
  /** `none`: the request is for nobody in particular. */
  readonly target: 'none' | 'met' | 'not-met'
  /** Every one, in the order all, any, none. */
  readonly conditions: readonly ConditionVerdict[]
  /** `any`: they set no hours. */
  readonly hours: HoursState | 'any'
  /** Until when they are away; null if they are there. */
  readonly awayUntil: string | null
}

/** Whether a responder's wishes and a request fit, and why. */
export type MatchVerdict = Reasons &
  ({ readonly matches: true; readonly because: null } | { readonly matches: false; readonly because: Because })

export function judge(wanting: Wanting, request: HelpRequest, now: Date): MatchVerdict {
  return judgePrepared(wanting, prepareRequest(request), now)
}

/** `judge` for many: the request prepared once. */
export function judgePrepared(wanting: Wanting, request: PreparedRequest, now: Date): MatchVerdict {
  const { criteria } = wanting
  const reasons: Reasons = {
    target: targetOf(wanting, request.target),
    conditions: groups.flatMap((group) =>
      (criteria[group] ?? []).map((condition, index) => judgeCondition(condition, group, index, request)),
    ),
    hours: criteria.hours ? hoursState(criteria.hours, now) : 'any',
    awayUntil: awayUntil(wanting, now),
  }
  const because = firstAgainst(reasons)
  return because ? { matches: false, because, ...reasons } : { matches: true, because, ...reasons }
}

const groups = ['all', 'any', 'none'] as const

function firstAgainst({ target, conditions, hours, awayUntil }: Reasons): Because | null {
  if (target === 'not-met') return { code: 'not-targeted' }
  for (const { group, index, about, holding } of conditions) {
    if (group === 'all' && holding === 'not-met') return { code: 'other-than-wanted', group, index, about }
  }
  const any = conditions.filter(({ group }) => group === 'any')
  if (any.length > 0 && any.every(({ holding }) => holding === 'not-met')) return { code: 'none-of-any' }
  for (const { group, index, about, holding } of conditions) {
    if (group === 'none' && holding === 'met') return { code: 'not-wanted', group, index, about }
  }
  if (awayUntil !== null) return { code: 'away', until: awayUntil }
  if (hours === 'holiday') return { code: 'holiday' }
  return hours === 'closed' ? { code: 'out-of-hours' } : null
}

function judgeCondition(condition: Condition, group: Group, index: number, request: PreparedRequest): ConditionVerdict {
  const { about } = condition
  if (!('oneOf' in condition)) {
    return { group, index, about, holding: numberHolds(condition, request.numbers.get(about)), by: null }
  }
  const fits = fitting(about, request)
  if (!fits) return { group, index, about, holding: 'not-known', by: null }
  const by = condition.oneOf.find(fits) ?? null
  return { group, index, about, holding: by === null ? 'not-met' : 'met', by }
}

function numberHolds(bounds: { from?: number; to?: number }, told: readonly number[] | undefined): Holding {
  if (!told) return 'not-known'
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = bounds
  return told.some((number) => from <= number && number <= to) ? 'met' : 'not-met'
}

// What a wish must be to be met; null if nothing is known.
function fitting(about: About, { keys, urls, words }: PreparedRequest): ((wanted: string) => boolean) | null {
  if (about === 'words') return words.length === 0 ? null : (wanted) => holdsPhrase(words, phraseOf(wanted))
  if (about === 'url') {
    return urls.length === 0 ? null : (wanted) => urls.some((url) => matchesPattern(foldUrl(wanted), url))
  }
  const met = keys.get(about)
  return met ? (wanted) => met.has(normalise(about, wanted)) : null
}

function targetOf({ person, teams }: Wanting, target: Target | undefined): Reasons['target'] {
  if (!target?.people && !target?.teams) return 'none'
  const isMeant = target.people?.includes(person) || target.teams?.some((team) => teams.includes(team))
  return isMeant ? 'met' : 'not-met'
}

function awayUntil({ criteria }: Wanting, now: Date): string | null {
  const spans = criteria.away ?? []
  const span = spans.find(({ from, to }) => Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(to))
  return span?.to ?? null
}
