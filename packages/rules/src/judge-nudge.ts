import type { Hours } from './criteria/criteria.ts'
import { isOpen } from './criteria/opening-hours.ts'

/** An address on which a person is only told that something waits in their window or at their desk. */
export interface NudgeAddress {
  readonly id: string
  readonly state: 'unproven' | 'proven' | 'failing'
  /** Whether its owner wants it used. */
  readonly active: boolean
  /** When they want to be disturbed there; null: at any hour. */
  readonly hours: Hours | null
}

export interface NudgeNeed {
  /** A window or desk of theirs is connected. */
  readonly windowOpen: boolean
  /** They have it in a window, or read it elsewhere. */
  readonly isSeen: boolean
  /** They have been told of this, or of something after it in the same place. */
  readonly isTold: boolean
}

export type NudgeVerdict =
  | { readonly tells: readonly [string, ...string[]]; readonly because: 'window-closed' }
  | {
      readonly tells: readonly []
      readonly because: 'window-open' | 'seen' | 'told' | 'no-address' | 'outside-hours'
    }

/** Whether somebody is told at once, on all devices they chose, that something waits for them: only while they are not there to see it. */
export function judgeNudge(need: NudgeNeed, addresses: readonly NudgeAddress[], now: Date): NudgeVerdict {
  if (need.windowOpen) return { tells: [], because: 'window-open' }
  if (need.isSeen) return { tells: [], because: 'seen' }
  if (need.isTold) return { tells: [], because: 'told' }
  const usable = addresses.filter(({ state, active }) => state === 'proven' && active)
  if (usable.length === 0) return { tells: [], because: 'no-address' }
  const [first, ...more] = usable.filter(({ hours }) => hours === null || isOpen(hours, now)).map(({ id }) => id)
  return first === undefined
    ? { tells: [], because: 'outside-hours' }
    : { tells: [first, ...more], because: 'window-closed' }
}
