import { expect, test } from 'vitest'
import { applyChanges } from './apply-changes.ts'
import { join } from './join.ts'
import { isLetSee, letNewcomerSee, letSee } from './let-see.ts'
import type { Shape } from './shape.ts'
import { undoChanges } from './undo-changes.ts'

const place = (person: string, interaction: string, role = 'responder', left = false) => ({
  ...{ id: `${person} in ${interaction}`, interaction, person, role, manages: false, left },
})

/** Two exchanges of one ticket, one of another, one that is closed; two were said in each. */
const shape = {
  ...{ conversation: 'c', kind: 'outside', visitor: 'ana', state: 'open' },
  tickets: ['t', 'u'].map((id) => ({ id, intake: 'none', state: 'open', parent: null, mergedInto: null })),
  interactions: new Map(
    [
      ['first', 't', 'open'],
      ['second', 't', 'open'],
      ['over', 't', 'closed'],
      ['elsewhere', 'u', 'open'],
    ].map(([id = '', ticket, state]) => [
      id,
      { id, ticket, parent: null, kind: 'exchange', purpose: 'talk', state, mergedInto: null, withdrawn: [] },
    ]),
  ),
  participants: [
    place('ana', 'first', 'initiator'),
    place('ana', 'second', 'initiator'),
    place('olga', 'first'),
    place('otto', 'second'),
    place('gone', 'second', 'responder', true),
    place('sue', 'second', 'observer'),
    place('cleo', 'over'),
    place('bo', 'elsewhere'),
  ],
  rights: ['first', 'second'].map((interaction) => ({
    ...{ id: `ana ${interaction}`, person: 'ana', interaction, from: 1, to: null, basis: 'member', by: null },
  })),
  spans: new Map([
    ['ana', ['first', 'second'].map((interaction) => ({ interaction, from: 1, to: null, basis: 'member' as const }))],
  ]),
  lastPositions: new Map(['first', 'second', 'over', 'elsewhere'].map((id) => [id, 2])),
} as unknown as Shape

const newId = () => {
  made += 1
  return `id ${made}`
}
let made = 0
const on = { by: 'ana', history: 'none', anything: false } as const
const gives = (changes: ReturnType<typeof letNewcomerSee>) =>
  changes.flatMap((change) =>
    change.kind === 'give' ? [[change.person, change.interaction, change.from, change.under]] : [],
  )
function done(letsSee: Parameters<typeof letSee>[1], at: Shape = shape) {
  const decided = letSee(at, letsSee, newId)
  if (!decided.ok) throw new Error(decided.refusal)
  return { changes: decided.changes, after: applyChanges([at], decided.changes)[0] ?? at }
}

test('who is here and answers in an open exchange gets the other open ones of the ticket, and nobody else anything (A13)', () => {
  expect(gives(done(on).changes)).toEqual([
    ['olga', 'second', 3, 'let-see'],
    ['otto', 'first', 3, 'let-see'],
  ])
  expect(gives(done({ ...on, history: 'all' }).changes).map(([, , from]) => from)).toEqual([1, 1])
})

test('it is on once and off once, and on no more when the conversation is over', () => {
  const { after } = done(on)
  expect(isLetSee(after)).toBe(true)
  expect(letSee(after, on, newId)).toEqual({ ok: false, refusal: 'wrong-state' })
  expect(letSee(shape, null, newId)).toEqual({ ok: false, refusal: 'wrong-state' })
  expect(letSee({ ...shape, state: 'closed' }, on, newId)).toEqual({ ok: false, refusal: 'conversation-closed' })
  const { after: off } = done(null, after)
  expect(isLetSee(off)).toBe(false)
  expect(off.rights.filter(({ under }) => under).map(({ to }) => to)).toEqual([2, 2])
})

test('who lets them see gives no more than they read, but an administrator (A13)', () => {
  const blind = { ...shape, spans: new Map(), rights: [] }
  expect(gives(done(on, blind).changes)).toEqual([])
  expect(gives(done({ ...on, by: 'ada', anything: true }, blind).changes)).toHaveLength(2)
})

test('who comes while it is on gets the others, and the others get theirs; who only watches does not (A13)', () => {
  const { after } = done(on)
  const came = join(after, { interaction: 'first', person: 'cleo', role: 'responder', by: null }, newId)
  expect(gives(came).filter(([, , , under]) => under)).toEqual([['cleo', 'second', 3, 'let-see']])
  expect(gives(join(after, { interaction: 'first', person: 'sue', role: 'observer', by: null }, newId))).toHaveLength(1)
  expect(letNewcomerSee(shape, { interaction: 'first', person: 'cleo' }, newId)).toEqual([])
})

test('undone, what it gave is gone whole, and what others have got by it since ends (A13)', () => {
  const { after, changes } = done(on)
  const [came = after] = applyChanges(
    [after],
    join(after, { interaction: 'first', person: 'cleo', role: 'responder', by: null }, newId),
  )
  const [undone = came] = applyChanges([came], undoChanges(changes, [came], newId))
  expect(isLetSee(undone)).toBe(false)
  expect(undone.rights.filter(({ under }) => under).map(({ person, to }) => [person, to])).toEqual([
    ['olga', 0],
    ['otto', 0],
    ['cleo', 2],
  ])
})
