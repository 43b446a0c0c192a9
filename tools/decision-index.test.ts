import { expect, test } from 'vitest'
import { decisionIndex } from './decision-index.ts'

test('the index of decisions names each record by its own title, in the order of numbers', () => {
  const index = decisionIndex([
    'docs/decisions/0030-view-numbers.md',
    'docs/decisions/0001-node-through-npm.md',
    'README.md',
  ])
  const rows = index.split('\n').filter((line) => line.startsWith('| ['))
  expect(rows).toEqual([
    '| [0001](0001-node-through-npm.md) | Node 24 comes along through npm |',
    '| [0030](0030-view-numbers.md) | What a client sees and resumes by is numbered in its own view |',
  ])
})
