import type { SipTimers } from './timers.ts'

/**
 * The non-INVITE server transaction (RFC 3261 §17.2.2, figure 8): trying → completed → over. There is no `proceeding` of its own: no
 * provisional response is ever sent (RFC 4320 §4.1), so a repetition before the answer is absorbed in silence.
 */
export interface ServerState {
  readonly is: 'trying' | 'completed' | 'over'
  readonly isReliable: boolean
  /** Timer J; while trying nothing ends it but an answer. */
  readonly endsAt: number | null
}

export type ServerAction = 'respond'

export interface ServerStep {
  readonly state: ServerState
  readonly actions: readonly ServerAction[]
}

export function beginServer(isReliable: boolean): ServerStep {
  return { state: { is: 'trying', isReliable, endsAt: null }, actions: [] }
}

export function serverAnswers(state: ServerState, now: number, { t1 }: SipTimers): ServerStep {
  if (state.is !== 'trying') return { state, actions: [] }
  // On a reliable transport nothing is repeated, so there is nothing to wait for.
  if (state.isReliable) return { state: { ...state, is: 'over', endsAt: now }, actions: ['respond'] }
  return { state: { ...state, is: 'completed', endsAt: now + 64 * t1 }, actions: ['respond'] }
}

/** The same request once more: the answer is given again where there is one. */
export function serverHearsAgain(state: ServerState): ServerStep {
  return { state, actions: state.is === 'completed' ? ['respond'] : [] }
}

export function serverTicks(state: ServerState, now: number): ServerStep {
  if (state.is !== 'completed' || state.endsAt === null || now < state.endsAt) return { state, actions: [] }
  return { state: { ...state, is: 'over' }, actions: [] }
}
