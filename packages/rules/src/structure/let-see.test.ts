import { expect, test } from 'vitest'
import { applyChanges } from './apply-changes.ts'
import type { Change } from './changes.ts'
import { join, leave } from './join.ts'
import { isLetSee, letNewcomerSee, letSee } from './let-see.ts'
import { samePerson } from './same-person.ts'
import type { PlaceShape, Shape } from './shape.ts'
import { undoChanges } from './undo-changes.ts'
import { undoOperation } from './undo-operation.ts'

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

test('whose own exchange is over for them does not read on in the others, and has them again when that is undone (A13 C2)', () => {
  const { after } = done(on)
  const left = leave(after, ['olga in first'], null)
  const [gone = after] = applyChanges([after], left)
  expect(readsOn('olga', gone)).toEqual([])
  expect(readsOn('otto', gone)).toEqual(['first'])
  const back = applyChanges([gone], undoChanges(left, [gone], newId))[0] ?? gone
  expect(readsOn('olga', back)).toEqual(['second'])
  // Taken back meanwhile, nothing is given again by it.
  const { after: off } = done(null, gone)
  expect(readsOn('olga', applyChanges([off], undoChanges(left, [off], newId))[0] ?? off)).toEqual([])
})

test('who answers in several exchanges goes on seeing the rest until the last of them (A13 C2)', () => {
  const [twice = shape] = applyChanges(
    [{ ...shape, participants: [...shape.participants, place('bo', 'first') as PlaceShape] }],
    [third, ...join({ ...shape }, { interaction: 'second', person: 'bo', role: 'responder', by: null }, newId)],
  )
  const { after } = done({ ...on, anything: true }, twice)
  expect(readsOn('bo', after)).toContain('third')
  const [once = after] = applyChanges([after], leave(after, ['bo in first'], null))
  expect(readsOn('bo', once)).toContain('third')
  const inSecond = once.participants.find(({ person, interaction }) => person === 'bo' && interaction === 'second')
  const [none = once] = applyChanges([once], leave(once, [inSecond?.id ?? ''], null))
  expect(readsOn('bo', none)).toEqual([])
  // Both at once is the same.
  const [both = after] = applyChanges([after], leave(after, ['bo in first', inSecond?.id ?? ''], null))
  expect(readsOn('bo', both)).toEqual([])
})

test('who lets them see and turns out to be another person goes on letting them see who comes (A13 C4)', () => {
  const { after } = done(on)
  const become = samePerson([after], 'ana', 'eve', {})
  const [one = after] = applyChanges([after], become)
  expect(one.letsSee).toMatchObject({ by: 'eve' })
  const spans = new Map([['eve', after.spans.get('ana') ?? []]])
  const comes = (at: Shape) => gives(letNewcomerSee({ ...at, spans }, { interaction: 'first', person: 'cleo' }, newId))
  expect(comes(one).map(([person, interaction]) => [person, interaction])).toContainEqual(['cleo', 'second'])
  const [two = one] = applyChanges([one], undone(become, one))
  expect(two.letsSee).toMatchObject({ by: 'ana' })
})

const third: Change = {
  ...{ kind: 'open-interaction', conversation: 'c', interaction: 'third', ticket: 't', parent: null },
  ...{ as: 'exchange', purpose: 'talk', name: null, category: null },
}

/** What somebody goes on reading by being let see it. */
const readsOn = (person: string, at: Shape) =>
  at.rights.flatMap((right) =>
    right.person === person && right.under === 'let-see' && right.to === null ? [right.interaction] : [],
  )

function undone(changes: readonly Change[], at: Shape): readonly Change[] {
  const decided = undoOperation(changes, [], [at], newId)
  if (!decided.ok) throw new Error(decided.refusal)
  return decided.changes
}

test('where others ask, too, who asks ends only what they let see themselves; an administrator ends all (A13 C4)', () => {
  const lets = (by: string, person: string, interaction: string) => ({
    ...{ id: `by ${by}`, person, interaction, from: 1, to: null, basis: 'grant', by, under: 'let-see' },
  })
  const at = {
    ...shape,
    letsSee: on,
    participants: [...shape.participants, place('ben', 'elsewhere', 'initiator')],
    rights: [...shape.rights, lets('ana', 'olga', 'second'), lets('ben', 'bo', 'elsewhere')],
  } as Shape
  const ended = (asker: string | null) => {
    const decided = letSee(at, null, newId, asker)
    return decided.ok ? decided.changes.map((one) => (one.kind === 'end' ? one.right : one.kind)) : decided.refusal
  }
  expect(ended('ana')).toEqual(['by ana', 'field'])
  expect(ended('ben')).toEqual(['by ben'])
  expect(ended('cleo')).toBe('wrong-state')
  expect(ended(null)).toEqual(['by ana', 'by ben', 'field'])
})
