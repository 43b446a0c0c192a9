import { expect, test } from 'vitest'
import { houseFields, shownFields } from './shown-fields.ts'

const policy = { visitor: ['category'], responder: ['tags', 'tickets'] } as const
const all = [...houseFields]

test.each([
  ['a visitor', null, false, ['category']],
  ['a plain responder', 'responder', false, ['tags', 'tickets']],
  ['an operator', 'operator', false, all],
  ['a supervisor', 'supervisor', false, all],
  ['an administrator', 'administrator', false, all],
  ['whoever looks at their own space', 'responder', true, all],
] as const)('%s sees of the house’s fields what their role, or the site, shows them (C2)', (_, role, isOwn, shown) => {
  expect([...shownFields({ role, isOwn }, policy)]).toEqual(shown)
})
