import type { ConversationView, InteractionView, MessageView, ParticipantView } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { fatesOf, groupsOf } from '../conversations/message.model.ts'
import { circlesOf, linesOf, othersIn, unreadOf } from './live.model.ts'

const person = (id: string, more: Partial<ParticipantView> = {}): ParticipantView => ({
  id,
  you: false,
  role: 'initiator',
  alias: id,
  colour: 0,
  state: 'here',
  delivered: 0,
  read: 0,
  ...more,
})
const interaction = (
  id: string,
  participants: ParticipantView[],
  more: Partial<InteractionView> = {},
): InteractionView => ({
  id,
  kind: 'exchange',
  state: 'open',
  length: 0,
  writable: true,
  participants,
  ...more,
})
const message = (n: number, id: string, from: string | null, at = `2026-11-22T10:0${n}:00Z`): MessageView => ({
  n,
  id,
  from,
  at,
  text: id,
})
const conversation = (interactions: InteractionView[], more: Partial<ConversationView> = {}): ConversationView => ({
  id: 'c',
  site: 's',
  state: 'open',
  topic: null,
  language: 'en',
  createdAt: '2026-11-22T10:00:00Z',
  hunt: 'found',
  interactions,
  ...more,
})

const bo = person('bo', { you: true, role: 'responder' })

describe('a conversation of several interactions', () => {
  const withAna = {
    view: interaction('i1', [person('ana'), bo]),
    messages: [message(1, 'm1', 'ana'), message(2, 'm3', 'bo', '2026-11-22T10:05:00Z')],
  }
  const withDi = {
    view: interaction('i2', [person('di'), bo]),
    messages: [message(1, 'm2', 'di', '2026-11-22T10:03:00Z'), message(2, 'm3', 'bo', '2026-11-22T10:05:00Z')],
  }

  it('is shown in the order of time, with one bubble for what was said to all', () => {
    expect(linesOf([withAna, withDi]).map((line) => line.message.id)).toEqual(['m1', 'm2', 'm3'])
  })

  it('tells for each of them how far that one bubble has got', () => {
    const ana = person('ana', { read: 2 })
    const di = person('di', { delivered: 2 })
    const lines = linesOf([
      { ...withAna, view: interaction('i1', [ana, bo]) },
      { ...withDi, view: interaction('i2', [di, bo]) },
    ])
    expect(fatesOf(lines[2] ?? never())).toEqual([
      { alias: 'ana', state: 'read', reason: null },
      { alias: 'di', state: 'delivered', reason: null },
    ])
  })

  it('names everyone once, the one who began first', () => {
    const eve = person('eve', { role: 'observer' })
    expect(
      othersIn(conversation([interaction('i1', [bo, eve, person('ana')]), interaction('i2', [person('ana'), bo])])).map(
        (one) => one.alias,
      ),
    ).toEqual(['ana', 'eve'])
  })

  it('leaves out the script that asked before: one talks with people', () => {
    const marten = person('marten', { role: 'virtual', state: 'left' })
    const intake = interaction('i0', [person('ana'), marten], { kind: 'intake' })
    const all = conversation([intake, interaction('i1', [person('ana'), bo])])
    expect(othersIn(all).map((one) => one.alias)).toEqual(['ana'])
  })

  it('can be answered only where one may write', () => {
    const open = interaction('i1', [person('ana'), bo])
    const shut = interaction('i2', [person('di'), bo], { writable: false })
    expect(circlesOf(conversation([open, shut]))).toEqual([{ interaction: 'i1', aliases: ['ana'] }])
    expect(circlesOf(conversation([open], { state: 'closed' }))).toEqual([])
  })
})

describe('unread', () => {
  const messages = [message(1, 'm1', 'ana'), message(2, 'm2', 'bo'), message(3, 'm3', null), message(4, 'm4', 'ana')]
  it.each([
    ['counts what others said', 0, 0, 2],
    ['leaves out what the server knows as read', 1, 0, 1],
    ['leaves out what this window has shown before the server says so', 0, 4, 0],
    ['never counts one’s own words or lines of the house', 1, 3, 1],
  ])('%s', (_, read, here, unread) => {
    const view = interaction('i', [person('ana'), { ...bo, read }])
    expect(unreadOf([{ view, messages }], () => here)).toBe(unread)
  })
})

describe('the fate of one’s own message (A18)', () => {
  const own = (ana: Partial<ParticipantView>, ticks?: MessageView['ticks']) =>
    fatesOf({
      message: message(1, 'm', 'bo'),
      author: bo,
      places: [
        {
          view: interaction('i', [person('ana', ana), bo]),
          message: { ...message(1, 'm', 'bo'), ...(ticks ? { ticks } : {}) },
        },
      ],
    })
  it('is “saved” while nothing more is known', () => expect(own({})[0]?.state).toBe('stored'))
  it('names the reason when it failed', () =>
    expect(own({}, [{ participant: 'ana', state: 'failed', reason: 'full' }])).toEqual([
      { alias: 'ana', state: 'failed', reason: 'full' },
    ]))
  it('is what the window says, when the window has it although a mail failed', () =>
    expect(own({ read: 1 }, [{ participant: 'ana', state: 'failed' }])[0]?.state).toBe('read'))
  it('is not told for those who left', () => expect(own({ state: 'left' })).toEqual([]))
})

describe('lines that follow each other closely', () => {
  it('are one group; a pause, another author, a new day and a line of the house begin another', () => {
    const view = interaction('i', [person('ana'), bo])
    const lines = linesOf([
      {
        view,
        messages: [
          message(1, 'a', 'ana', '2026-11-20T10:00:00Z'),
          message(2, 'b', 'ana', '2026-11-20T10:01:00Z'),
          message(3, 'c', 'ana', '2026-11-20T10:20:00Z'),
          message(4, 'd', null, '2026-11-20T10:21:00Z'),
          message(5, 'e', 'bo', '2026-11-20T10:21:30Z'),
          message(6, 'f', 'bo', '2026-11-22T10:21:30Z'),
        ],
      },
    ])
    const groups = groupsOf(lines)
    expect(groups.map((group) => group.lines.map((line) => line.message.id).join(''))).toEqual([
      'ab',
      'c',
      'd',
      'e',
      'f',
    ])
    expect(groups.map((group) => group.day !== null)).toEqual([true, false, false, false, true])
  })
})

function never(): never {
  throw new Error('there is no such line')
}
