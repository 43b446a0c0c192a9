import type { AccountId, PersonId } from '@parley/model'
import type { HelpRequest } from '@parley/rules'
import type { Writer } from '../db/index.ts'

/**
 * Finds everyone of an account who wants to be asked this now: exactly those whom `judge` lets pass, as the transaction sees their
 * criteria, teams and states at this moment. Who has paused, left or not yet joined is not found. Load, presence and addresses are not
 * looked at: they rank what this finds. The transaction's own changes count too.
 */
export type FindMatching = (
  tx: Writer,
  account: AccountId,
  request: HelpRequest,
  now: Date,
  options: {
    /** At least 0. How many are wanted at most: where more match, these are a random sample in which each is equally likely. */
    readonly most: number
    /** From 0 to below 1. */
    readonly random: () => number
  },
) => Promise<Matching>

export interface Matching {
  /** How many match in all. */
  readonly count: number
  /** At most `most` of them, in no particular order. */
  readonly people: readonly PersonId[]
}
