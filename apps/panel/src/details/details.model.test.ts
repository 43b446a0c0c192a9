import type { ConversationView, FieldsView, InteractionView } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { localMinute } from '../structure/file.model.ts'
import { answersDraft, answersInput } from './answers.model.ts'
import { detailsDraft, detailsInput, hasAnswers, insideOf, thingsIn } from './details.model.ts'
import { factProblem, factsDraft, factsInput } from './facts.model.ts'
import { faceChoice, faceMeant, primaryChoices, rightsOver } from './places.model.ts'

const was: FieldsView = {
  name: 'Ferry',
  category: 'k',
  tags: ['island'],
  metadata: { order: 7, size: '42' },
  folder: null,
  categories: null,
  choices: ['k', 'l'],
  answers: { admission: { kind: 'first', prefer: { media: ['sms'], graceMs: 0 } } },
  takesFrom: '2026-11-01T09:30:17.000Z',
  takesUntil: null,
  primary: null,
}
const draft = detailsDraft(was)

describe('C1 what is asked for when details are saved', () => {
  it('is nothing where nothing was changed, times to the second included', () => {
    expect(detailsInput(was, draft)).toEqual({})
  })

  it.each([
    ['a name that was taken away', { name: ' ' }, { name: null }],
    ['another category', { category: 'l' }, { category: 'l' }],
    ['tags', { tags: ['island', 'urgent'] }, { tags: ['island', 'urgent'] }],
    ['a folder', { folder: 'Autumn ' }, { folder: 'Autumn' }],
    ['a beginning that is none any more', { takesFrom: '' }, { takesFrom: null }],
    [
      'an end',
      { takesUntil: localMinute(new Date('2026-12-01T09:30:00Z')) },
      { takesUntil: '2026-12-01T09:30:00.000Z' },
    ],
    ['a main person', { primary: 'p' }, { primary: 'p' }],
    ['an own list', { hasOwnCategories: true, categories: ['k'] }, { categories: ['k'] }],
    [
      'own rules, what the form does not know staying',
      { answers: { kind: 'first-n', slots: 3, withinMinutes: 5, teams: ['t'] } },
      {
        answers: {
          admission: { kind: 'first-n', slots: 3, withinMs: 300_000, prefer: { media: ['sms'], graceMs: 0 } },
          teams: ['t'],
        },
      },
    ],
    ['no rules any more', { answers: { ...draft.answers, kind: '' } }, { answers: null }],
  ])('%s', (_, patch, input) => {
    expect(detailsInput(was, { ...draft, ...patch })).toEqual(input)
  })

  it('teams alone are rules, and rules are read back as they were written', () => {
    const teams = { kind: '', slots: 2, withinMinutes: null, teams: ['t'] }
    expect(answersInput(null, teams)).toEqual({ teams: ['t'] })
    expect(answersDraft({ teams: ['t'] })).toEqual(teams)
    expect(answersDraft({ admission: { kind: 'any', withinMs: 120_000 } })).toMatchObject({
      kind: 'any',
      withinMinutes: 2,
    })
  })
})

describe('C1 own facts', () => {
  const facts = factsDraft(was.metadata)
  it.each([
    ['as they were', facts, {}],
    ['a number stays one', [{ ...facts[0], value: '8' }, facts[1]], { order: 8 }],
    ['a text stays one, though it looks like a number', [facts[0], { ...facts[1], value: '43' }], { size: '43' }],
    ['one taken away', [facts[0]], { size: null }],
    ['one renamed', [facts[0], { ...facts[1], name: 'shoe ' }], { size: null, shoe: '42' }],
    ['one without a name', [...facts, { line: 9, name: ' ', value: 'x' }], {}],
    [
      'a name that means something to programs',
      [...facts, { line: 9, name: 'constructor', value: 'x' }],
      { constructor: 'x' },
    ],
  ])('%s', (_, now, input) => {
    expect(factsInput(was.metadata, now as typeof facts)).toEqual(input)
  })

  it('a line without a name, of a kept name, or of a name that is there says so', () => {
    const [first, second] = facts
    if (!first || !second) throw new Error('no facts')
    const problem = (name: string, value = 'x') => factProblem({ line: 5, name, value }, facts)
    expect([problem(''), problem('', ''), problem('page'), problem(' order '), problem('free')]).toEqual([
      'details.factNoName',
      null,
      'details.factKept',
      'details.factTwice',
      null,
    ])
    expect(factProblem(first, facts)).toBeNull()
  })
})

const place = (id: string, more: object = {}) => ({
  ...{
    id,
    you: false,
    role: 'responder' as const,
    alias: id,
    colour: 0,
    state: 'here' as const,
    delivered: 0,
    read: 0,
  },
  ...more,
})
const view = (id: string, kind: InteractionView['kind'], ticket: string, ...participants: object[]) =>
  ({ id, kind, ticket, state: 'open', length: 0, writable: true, participants }) as InteractionView

describe('C1 whom and what details are about', () => {
  const conversation = {
    ...{
      id: 'c',
      site: 's',
      state: 'open' as const,
      topic: null,
      language: 'en',
      createdAt: '',
      hunt: 'found' as const,
    },
    tickets: ['t', 'u'].map((id) => ({ id, state: 'open' as const })),
    interactions: [view('i', 'intake', 't'), view('x', 'exchange', 't'), view('y', 'exchange', 'u')],
  } satisfies ConversationView

  it('the conversation, its tickets where there are several, and what is said in it', () => {
    expect(thingsIn(conversation).map((one) => Object.values(one)[0])).toEqual(['c', 't', 'u', 'i', 'x', 'y'])
    expect(thingsIn({ ...conversation, tickets: [], interactions: [] })).toEqual([{ conversation: 'c' }])
    expect(insideOf(conversation, { ticket: 't' }).map(({ id }) => id)).toEqual(['i', 'x'])
    const asked = [{ conversation: 'c' }, { ticket: 'u' }, { interaction: 'i' }, { interaction: 'x' }]
    expect(asked.map((what) => hasAnswers(conversation, what))).toEqual([true, true, true, false])
    expect(hasAnswers({ ...conversation, kind: 'own' }, { conversation: 'c' })).toBe(false)
  })

  it('a place may be named by itself and by who manages, and made to manage or to watch by who may', () => {
    const own = place('me', { you: true })
    const manager = place('me', { you: true, manages: true })
    const other = place('olga')
    const rights = (who: object, role: 'operator' | 'supervisor', self: object) =>
      rightsOver(who as never, view('x', 'exchange', 't', self, other), role)
    expect(rights(own, 'operator', own)).toEqual({ name: true, manages: false, role: false, face: false })
    expect(rights(other, 'operator', own)).toEqual({ name: false, manages: false, role: false, face: false })
    expect(rights(other, 'operator', manager)).toEqual({ name: true, manages: true, role: false, face: false })
    expect(rights(other, 'supervisor', own)).toEqual({ name: true, manages: true, role: true, face: true })
    expect(rights(place('v', { role: 'initiator' }), 'supervisor', own)).toEqual({
      name: true,
      manages: false,
      role: false,
      face: true,
    })
    expect(rights(place('s', { role: 'virtual' }), 'supervisor', own)).toMatchObject({ name: false })
  })

  it('C5 a place stands behind no face, the one of the site, or one of a name of its own', () => {
    for (const face of [null, 'house', 'Workshop']) expect(faceMeant(faceChoice(face))).toBe(face)
    expect(faceMeant({ kind: 'other', name: ' Workshop ' })).toBe('Workshop')
    expect(faceMeant({ kind: 'other', name: ' ' })).toBeUndefined()
    // It is kept for the one of the site.
    expect(faceMeant({ kind: 'other', name: 'house' })).toBeUndefined()
    expect(faceMeant({ kind: 'none', name: 'Workshop' })).toBeNull()
  })

  it('the main person is one who is there; of the same name, with where', () => {
    const views = [
      view('x', 'exchange', 't', place('1', { alias: 'Ana' }), place('2', { alias: 'Bo', you: true })),
      view('y', 'backchannel', 't', place('3', { alias: 'Ana' }), place('4', { alias: 'Eve', role: 'observer' })),
      view('z', 'exchange', 't', place('5', { alias: 'Gone', state: 'left' })),
    ]
    const say = ((word: string) => word) as never
    expect(primaryChoices(views, null, say).map(({ label }) => label)).toEqual([
      'Ana · structure.exchangeWith',
      'list.you',
      'Ana · structure.backchannelWith',
    ])
    expect(primaryChoices(views, '5', say)).toHaveLength(4)
  })
})
