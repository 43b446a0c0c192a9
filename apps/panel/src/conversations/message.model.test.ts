import type { ConversationView, ParticipantView } from '@parley/protocol'
import { expect, test } from 'vitest'
import { comingsIn, groupsOf } from './message.model.ts'

const time = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString()
const aPerson = (alias: string, more: Partial<ParticipantView>): ParticipantView => ({
  id: alias,
  you: false,
  role: 'responder',
  alias,
  colour: 0,
  state: 'here',
  delivered: 0,
  read: 0,
  ...more,
})
const conversation = (participants: ParticipantView[]): Pick<ConversationView, 'interactions'> => ({
  interactions: [{ id: 'i', kind: 'exchange', state: 'open', length: 3, writable: true, participants }],
})
const ana = aPerson('Visitor 4821', { role: 'initiator', joinedAt: time(0) })
const bo = aPerson('Bo', { you: true, joinedAt: time(1) })
const kim = aPerson('Kim', { joinedAt: time(3), leftAt: time(8), state: 'left' })
const marten = aPerson('Marten', { role: 'virtual', joinedAt: time(0), leftAt: time(1), state: 'left' })
const says = (author: ParticipantView, minute: number) => ({
  message: { n: minute, id: `m${minute}`, from: author.id, at: time(minute), text: 'words' },
  author,
  places: [],
})

test('A14 the log says when somebody else who answers came and went, between what was said before and after', () => {
  const lines = [says(ana, 0), says(bo, 1), says(ana, 2), says(ana, 4), says(kim, 5), says(ana, 9)]
  const groups = groupsOf(lines, comingsIn(conversation([ana, bo, kim])))
  const told = groups.map(({ coming, lines: own }) => coming?.word ?? own.map(({ message }) => message.id).join())
  expect(told).toEqual(['m0', 'm1', 'm2', 'conversation.joined', 'm4', 'm5', 'conversation.left', 'm9'])
})

test('A14 the visitor, a script, oneself, and who came before the first line that is loaded are not announced', () => {
  const comings = comingsIn(conversation([ana, marten, bo]))
  expect(comings).toEqual([])
  const early = groupsOf([says(ana, 9)], comingsIn(conversation([ana, bo, kim])))
  expect(early.filter(({ coming }) => coming)).toEqual([])
  expect(groupsOf([], comingsIn(conversation([kim])))).toEqual([])
})

test('A16 the log says why the conversation went on without somebody, also to themselves', () => {
  const leftBecause = 'There was no answer for a while.'
  const silent = { leftAt: time(8), state: 'left', leftBecause } as const
  const comings = comingsIn(
    conversation([ana, aPerson('Bo', { you: true, joinedAt: time(1), ...silent }), { ...kim, ...silent }]),
  )
  expect(comings.map(({ alias, word, because }) => [alias, word, because])).toEqual([
    ['Kim', 'conversation.joined', undefined],
    ['Bo', 'conversation.left', leftBecause],
    ['Kim', 'conversation.left', leftBecause],
  ])
})
