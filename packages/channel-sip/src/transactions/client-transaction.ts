import type { SipTimers } from './timers.ts'

/**
 * The non-INVITE client transaction (RFC 3261 §17.1.2, figure 6): trying → proceeding → completed → over.
 * A value: the time comes in with every step, and what is to be done comes out.
 */
export interface ClientState {
  readonly is: 'trying' | 'proceeding' | 'completed' | 'over'
  readonly isReliable: boolean
  /** Timer E: when to send again; null where nothing is sent again. */
  readonly repeatAt: number | null
  readonly repeatAfter: number
  /** Timer F before the final response, timer K behind it. */
  readonly endsAt: number
}

export type ClientAction = 'send' | 'provisional' | 'final' | 'timed-out'

export interface ClientStep {
  readonly state: ClientState
  readonly actions: readonly ClientAction[]
}

export function beginClient(now: number, isReliable: boolean, { t1 }: SipTimers): ClientStep {
  const repeatAt = isReliable ? null : now + t1
  return {
    state: { is: 'trying', isReliable, repeatAt, repeatAfter: t1, endsAt: now + 64 * t1 },
    actions: ['send'],
  }
}

/** A response that matches. Behind the first final one every other is absorbed. */
export function clientHears(state: ClientState, status: number, now: number, { t2, t4 }: SipTimers): ClientStep {
  if (state.is === 'completed' || state.is === 'over') return { state, actions: [] }
  if (status < 200) {
    const repeatAt = state.isReliable ? null : now + t2
    return { state: { ...state, is: 'proceeding', repeatAt, repeatAfter: t2 }, actions: ['provisional'] }
  }
  const isOver = state.isReliable
  return {
    state: { ...state, is: isOver ? 'over' : 'completed', repeatAt: null, endsAt: isOver ? now : now + t4 },
    actions: ['final'],
  }
}

/** To be called when `wakeClientAt` has come; too early it does nothing. */
export function clientTicks(state: ClientState, now: number, { t2 }: SipTimers): ClientStep {
  if (state.is === 'over') return { state, actions: [] }
  if (now >= state.endsAt) {
    const actions: ClientAction[] = state.is === 'completed' ? [] : ['timed-out']
    return { state: { ...state, is: 'over', repeatAt: null }, actions }
  }
  if (state.repeatAt === null || now < state.repeatAt) return { state, actions: [] }
  const repeatAfter = state.is === 'proceeding' ? t2 : Math.min(state.repeatAfter * 2, t2)
  return { state: { ...state, repeatAt: now + repeatAfter, repeatAfter }, actions: ['send'] }
}

export function wakeClientAt(state: ClientState): number | null {
  if (state.is === 'over') return null
  return state.repeatAt === null ? state.endsAt : Math.min(state.repeatAt, state.endsAt)
}
