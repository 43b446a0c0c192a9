import type { Condition, HelpRequest, Target } from '../criteria/criteria.ts'
import { judgePrepared } from '../criteria/judge.ts'
import { prepareRequest } from '../criteria/prepare-request.ts'
import type { Fact } from './facts.ts'

/** When what was said calls for somebody else. All conditions must hold, and what is not known does not hold. */
export interface MoveRule {
  readonly name: string
  readonly when: readonly Condition[]
  /** Whom it takes the conversation from: programs (the concierge), people, or either. */
  readonly from: 'virtual' | 'people' | 'anyone'
  /** Whom it goes to: those named, or whoever wants what is known then. */
  readonly to: { readonly target?: Target; readonly facts?: readonly Fact[] }
}

/** Why a conversation moves from one to the next, as those whom it concerns are told. */
export type MoveReason = 'topic' | 'words' | 'language' | 'answer' | 'wish' | 'silence' | 'left' | 'by-hand' | 'script'

/** A conversation that has moved so often is left where it is: two rules that send it to and fro would do so for ever. */
export const mostMoves = 10

export interface MoveSituation {
  readonly request: HelpRequest
  /** What was said just now: words count here only once, not in every message after them. */
  readonly said: string | null
  /** Who answers now, with their teams; empty while people are being looked for. */
  readonly holders: readonly { readonly person: string; readonly teams: readonly string[]; readonly virtual: boolean }[]
  readonly moves: number
}

export type MoveVerdict =
  | { readonly moves: true; readonly rule: MoveRule; readonly reason: MoveReason }
  | { readonly moves: false; readonly because: 'no-rule' | 'already-there' | 'moved-too-often' }

/** Whether the conversation is to move now. The first rule that holds counts. */
export function mayMove(rules: readonly MoveRule[], situation: MoveSituation): MoveVerdict {
  const { holders, request, said } = situation
  const prepared = prepareRequest({ facts: request.facts, text: said })
  const holding = rules.filter((rule) => {
    const concerned = holders.filter(({ virtual }) => rule.from === 'anyone' || virtual === (rule.from === 'virtual'))
    if (concerned.length === 0) return false
    const wanting = { person: '', teams: [], criteria: { all: rule.when } }
    return judgePrepared(wanting, prepared, new Date(0)).conditions.every(({ holding }) => holding === 'met')
  })
  const rule = holding.find(({ to }) => !holders.some((holder) => isMeant(holder, to.target)))
  if (!rule) return { moves: false, because: holding.length > 0 ? 'already-there' : 'no-rule' }
  if (situation.moves >= mostMoves) return { moves: false, because: 'moved-too-often' }
  return { moves: true, rule, reason: reasonOf(rule) }
}

/** Whether a rule may hold because of these words: all others are looked at when a fact becomes known. */
export function listensForWords(rules: readonly MoveRule[], said: string): boolean {
  if (rules.length === 0) return false
  const prepared = prepareRequest({ facts: {}, text: said })
  return rules.some(({ when }) => {
    const words = when.filter(({ about }) => about === 'words')
    if (words.length === 0) return false
    const wanting = { person: '', teams: [], criteria: { all: words } }
    return judgePrepared(wanting, prepared, new Date(0)).conditions.every(({ holding }) => holding === 'met')
  })
}

function isMeant(holder: { person: string; teams: readonly string[] }, target: Target | undefined): boolean {
  if (!target) return false
  return (
    (target.people?.includes(holder.person) ?? false) ||
    (target.teams ?? []).some((team) => holder.teams.includes(team))
  )
}

// What was asked for in words and leads to somebody named is a wish for them.
function reasonOf({ when, to }: MoveRule): MoveReason {
  const abouts = when.map(({ about }) => about)
  if (abouts.includes('words')) return to.target ? 'wish' : 'words'
  if (abouts.some((about) => about.startsWith('answer:'))) return 'answer'
  return abouts.includes('language') ? 'language' : 'topic'
}
