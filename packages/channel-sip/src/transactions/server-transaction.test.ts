import { describe, expect, test } from 'vitest'
import { beginServer, serverAnswers, serverHearsAgain, serverTicks } from './server-transaction.ts'
import { usualTimers } from './timers.ts'

describe('the non-INVITE server transaction', () => {
  test('a repetition before the answer is absorbed in silence: nothing provisional is ever sent', () => {
    expect(serverHearsAgain(beginServer(false).state).actions).toEqual([])
  })

  test('by datagram the answer is given again to every repetition, for 32 s', () => {
    const answered = serverAnswers(beginServer(false).state, 1_000, usualTimers)
    expect(answered.actions).toEqual(['respond'])
    expect(serverHearsAgain(answered.state).actions).toEqual(['respond'])
    expect(serverTicks(answered.state, 32_999).state.is).toBe('completed')
    const over = serverTicks(answered.state, 33_000).state
    expect(over.is).toBe('over')
    expect(serverHearsAgain(over).actions).toEqual([])
  })

  test('over a connection it is over with its answer', () => {
    expect(serverAnswers(beginServer(true).state, 0, usualTimers).state.is).toBe('over')
  })

  test('there is one answer: a second is not sent', () => {
    const answered = serverAnswers(beginServer(false).state, 0, usualTimers)
    expect(serverAnswers(answered.state, 1, usualTimers).actions).toEqual([])
  })
})
