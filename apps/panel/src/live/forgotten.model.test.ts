import type { ConversationView } from '@parley/protocol'
import { expect, it } from 'vitest'
import { isForgotten } from './forgotten.model.ts'

const view = (id: string, numbering: string, length = 1) =>
  ({ id, interactions: [{ id: `of ${id}`, numbering, length }] }) as unknown as ConversationView
const held = (...views: ConversationView[]) => new Map(views.map((one) => [one.id, one]))

it.each([
  ['nothing has changed', held(view('a', '1')), false],
  ['more was said, or another conversation began', held(view('a', '1', 2), view('b', '1')), false],
  ['a conversation has gone', held(), true],
  ['numbers run anew', held(view('a', '2')), true],
  ['an interaction has gone', held({ ...view('a', '1'), interactions: [] }), true],
])('what else holds words is asked for again where they are not to be read any more: %s', (_, now, is) => {
  expect(isForgotten(held(view('a', '1')), now)).toBe(is)
})
