import type { InteractionRight } from '@parley/protocol'
import { expect, test } from 'vitest'
import { reasonsOf } from './sees.model.ts'

const right = (more: Partial<InteractionRight>): InteractionRight => ({
  basis: 'member',
  from: 3,
  to: null,
  since: '2026-11-01T10:00:00.000Z',
  by: null,
  under: null,
  ...more,
})

test.each([
  ['who takes part from a message on', right({}), ['sees.member', 'sees.open']],
  ['a span that ended', right({ basis: 'observer', to: 9 }), ['sees.observer', 'sees.span']],
  ['a right that somebody gave', right({ basis: 'grant', by: 'Olga' }), ['sees.grant', 'sees.open', 'sees.by']],
  ['a right to what one does not read oneself', right({ from: null }), ['sees.member', 'readers.notYours']],
  [
    'a team that was let in',
    right({ basis: 'rule', under: { team: 'Workshop' } }),
    ['sees.rule', 'sees.open', 'sees.team'],
  ],
  [
    'letting each other see',
    right({ basis: 'grant', under: 'let-see' }),
    ['sees.grant', 'sees.open', 'readers.letSee'],
  ],
])('A13 %s is told in words', (_, given, words) => {
  expect(reasonsOf(given, (id) => id).map(({ word }) => word)).toEqual(words)
})
