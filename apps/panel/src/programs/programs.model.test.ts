import { expect, test } from 'vitest'
import { endOfDay, maySendAgain, outcomeWord } from './programs.model.ts'

test('E16 what is on its way is not sent again, whatever became of the rest may be', () => {
  const states = ['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown', 'replaced'] as const
  expect(states.filter(maySendAgain)).toEqual(['sent', 'delivered', 'read', 'failed', 'unknown'])
})

test('E16 every outcome has a word', () => {
  expect(['sent', 'retry', 'rejected', 'unknown', 'under-way', 'constructor'].map(outcomeWord)).toEqual([
    'outcome.sent',
    'outcome.retry',
    'outcome.rejected',
    'outcome.unknown',
    'outcome.underWay',
    'outcome.underWay',
  ])
})

test('E16 a key is good to the end of the day, or for ever', () => {
  expect(endOfDay('')).toBeNull()
  expect(endOfDay('2030-05-01')).toBe(new Date(2030, 4, 1, 23, 59, 59).toISOString())
})
