import { describe, expect, test } from 'vitest'
import { beginClient, type ClientState, clientHears, clientTicks, wakeClientAt } from './client-transaction.ts'
import { usualTimers } from './timers.ts'

/** Lets time pass until nothing is due any more; every action with its moment. */
function runs(state: ClientState, from: number, until = 1e6): string[] {
  const seen: string[] = []
  let now = from
  let current = state
  for (let step = 0; step < 1_000; step++) {
    const next = wakeClientAt(current)
    if (next === null || next > until) return seen
    now = next
    const { state: after, actions } = clientTicks(current, now, usualTimers)
    current = after
    for (const action of actions) seen.push(`${action} ${now}`)
  }
  throw new Error('it never ends')
}

describe('the non-INVITE client transaction', () => {
  test('by datagram it repeats at 0.5 s, doubling to 4 s, and gives up after 32 s', () => {
    const { state, actions } = beginClient(0, false, usualTimers)
    expect(actions).toEqual(['send'])
    expect(runs(state, 0)).toEqual([
      ...[500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500].map((at) => `send ${at}`),
      'timed-out 32000',
    ])
  })

  test('over a connection nothing is repeated, and it gives up after 32 s', () => {
    expect(runs(beginClient(0, true, usualTimers).state, 0)).toEqual(['timed-out 32000'])
  })

  test('a provisional answer slows the repetitions to one in 4 s and moves no end', () => {
    const begun = beginClient(0, false, usualTimers).state
    const heard = clientHears(begun, 100, 600, usualTimers)
    expect(heard.actions).toEqual(['provisional'])
    expect(runs(heard.state, 600).slice(0, 2)).toEqual(['send 4600', 'send 8600'])
    expect(runs(heard.state, 600).at(-1)).toBe('timed-out 32000')
  })

  test('the first final answer counts; the same again is absorbed for 5 s, and over a connection at once', () => {
    const begun = beginClient(0, false, usualTimers).state
    const heard = clientHears(begun, 200, 700, usualTimers)
    expect(heard.actions).toEqual(['final'])
    expect(clientHears(heard.state, 404, 800, usualTimers).actions).toEqual([])
    expect(wakeClientAt(heard.state)).toBe(5_700)
    expect(runs(heard.state, 700)).toEqual([])
    expect(clientHears(beginClient(0, true, usualTimers).state, 200, 700, usualTimers).state.is).toBe('over')
  })

  test('a tick that comes too early changes nothing', () => {
    const { state } = beginClient(0, false, usualTimers)
    expect(clientTicks(state, 499, usualTimers)).toEqual({ state, actions: [] })
  })
})
