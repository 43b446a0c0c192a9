import type { InteractionView, ParticipantView } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { boxesOf } from '../conversations/boxes.model.ts'
import { groupsOf } from '../conversations/message.model.ts'
import { linesOf } from '../live/live.model.ts'
import { insideOf } from './inside.model.ts'
import { type InteractionBranch, isBranched, treeOf, whoIsHere, withInside } from './tree.model.ts'

const participant = (alias: string, more: Partial<ParticipantView> = {}): ParticipantView => ({
  id: `${alias}’s place`,
  you: false,
  role: 'responder',
  alias,
  colour: 0,
  state: 'here',
  delivered: 0,
  read: 0,
  ...more,
})
const interaction = (id: string, more: Partial<InteractionView> = {}): InteractionView => ({
  id,
  kind: 'exchange',
  state: 'open',
  length: 0,
  writable: true,
  participants: [participant('Ana', { role: 'initiator' }), participant('Bo', { you: true })],
  ...more,
})
const behind = (id: string, parent: string, more: Partial<InteractionView> = {}) =>
  interaction(id, { kind: 'backchannel', parent, ...more })

const shape = ({ view, inside }: InteractionBranch): unknown =>
  inside.length > 0 ? [view.id, inside.map(shape)] : view.id
const drawn = (conversation: Parameters<typeof treeOf>[0]) =>
  treeOf(conversation).map(({ ticket, interactions }) => [ticket?.id ?? null, interactions.map(shape)])

describe('C2 a conversation as a tree', () => {
  it('holds each interaction in its ticket, and each backchannel in what it was opened from', () => {
    const tickets = [
      { id: 't1', state: 'open' as const },
      { id: 't2', state: 'closed' as const },
    ]
    const interactions = [
      interaction('a', { ticket: 't1' }),
      behind('a1', 'a', { ticket: 't1' }),
      behind('a2', 'a1', { ticket: 't1' }),
      interaction('b', { ticket: 't2' }),
    ]
    expect(drawn({ tickets, interactions })).toEqual([
      ['t1', [['a', [['a1', ['a2']]]]]],
      ['t2', ['b']],
    ])
  })

  it.each([
    ['whose parent one does not see', [behind('x', 'hidden')], [[null, ['x']]]],
    ['whose ticket one is not shown', [interaction('x', { ticket: 'hidden' })], [[null, ['x']]]],
    ['that names itself', [behind('x', 'x')], [[null, ['x']]]],
  ])('what %s stands by itself', (_, interactions, tree) => {
    expect(drawn({ interactions })).toEqual(tree)
  })

  it('an interaction is looked at with everything that was opened from it', () => {
    const interactions = [interaction('a'), behind('a1', 'a'), behind('a2', 'a1'), interaction('b')]
    expect([...withInside(treeOf({ interactions }), 'a')]).toEqual(['a', 'a1', 'a2'])
    expect([...withInside(treeOf({ interactions }), 'a1')]).toEqual(['a1', 'a2'])
    expect([...withInside(treeOf({ interactions }), 'gone')]).toEqual([])
  })

  it.each([
    ['a question and its one answer', [interaction('a', { kind: 'intake' }), interaction('b')], false],
    ['two exchanges', [interaction('a'), interaction('b')], true],
    ['a backchannel', [interaction('a'), behind('b', 'a')], true],
  ])('%s: drawn as a tree: %s', (_, interactions, isTree) => {
    expect(isBranched({ interactions })).toBe(isTree)
  })

  it('who left, who watches and who has no name here are not among those one talks with', () => {
    const participants = [
      participant('Ana'),
      participant('Ana', { id: 'again' }),
      participant('Cleo', { state: 'left' }),
      participant('Sue', { role: 'observer' }),
      participant('', {}),
      participant('Bo', { you: true }),
    ]
    expect(whoIsHere(interaction('a', { participants }))).toEqual(['Ana'])
  })
})

describe('C3 what is said inside', () => {
  const whisper = behind('w', 'a', { purpose: 'whisper' })
  const lines = linesOf([
    { view: interaction('a'), messages: [said(1, 'Hello'), said(4, 'Both')] },
    { view: whisper, messages: [said(2, 'Psst'), said(3, 'Yes'), said(4, 'Both')] },
  ])
  function said(second: number, text: string) {
    return { n: second, id: text, from: 'Bo’s place', at: `2026-11-01T10:00:0${second}.000Z`, text }
  }

  it('is told from what the outside sees; what stands in both was said to the outside', () => {
    expect(lines.map((line) => [line.message.text, insideOf(line)?.isWhisper ?? null])).toEqual([
      ['Hello', null],
      ['Psst', true],
      ['Yes', true],
      ['Both', null],
    ])
  })

  it('is never drawn as one with what was said to the outside, though one person said both in one breath', () => {
    const boxes = boxesOf(groupsOf(lines))
    expect(
      boxes.map(({ inside, groups }) => [
        inside?.view.id ?? null,
        groups.flatMap((group) => group.lines.map(({ message }) => message.text)),
      ]),
    ).toEqual([
      [null, ['Hello']],
      ['w', ['Psst', 'Yes']],
      [null, ['Both']],
    ])
  })
})
