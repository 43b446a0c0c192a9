import type { ConversationView, InteractionView, ParticipantView } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import {
  chosenAmong,
  type Destination,
  destinationsOf,
  draftPlace,
  draftPlaceOf,
  isInside,
  keyOf,
  otherSide,
} from './destination.model.ts'

const participant = (alias: string, more: Partial<ParticipantView> = {}): ParticipantView => ({
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
const ana = participant('Ana', { role: 'initiator' })
const bo = participant('Bo', { you: true })
const olga = participant('Olga')
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
const conversation = (
  interactions: InteractionView[],
  state: ConversationView['state'] = 'open',
): ConversationView => ({
  id: 'c',
  site: 's',
  state,
  topic: null,
  language: 'en',
  createdAt: '2026-11-01T10:00:00.000Z',
  hunt: 'found',
  interactions,
})
const shared = interaction('shared', [ana, bo, olga])
const room = interaction('room', [bo, participant('Ivo')], { kind: 'backchannel', parent: 'shared', name: 'Workshop' })
const whisper = interaction('whisper', [bo, participant('Sue')], { kind: 'backchannel', purpose: 'whisper' })
const keys = (all: readonly Destination[]) => all.map(keyOf)

describe('C3 E6 where words go', () => {
  it.each<[string, InteractionView[], string[]]>([
    ['the one exchange, and a whisper to who answers there', [shared], ['circle shared', 'whisper shared']],
    ['nobody to whisper to', [interaction('x', [ana, bo])], ['circle x']],
    [
      'everyone only where there are several exchanges; a backchannel is never among them',
      [interaction('x', [ana, bo]), interaction('y', [ana, bo]), room],
      ['everyone', 'circle x', 'circle y', 'backchannel room'],
    ],
    [
      'one exchange and a backchannel: nothing goes to both',
      [interaction('x', [ana, bo]), room],
      ['circle x', 'backchannel room'],
    ],
    ['who only watches can whisper', [interaction('x', [ana, olga], { writable: false })], ['whisper x']],
    ['nothing into what is closed', [interaction('x', [ana, bo, olga], { state: 'closed' })], []],
    ['nothing into what was merged', [interaction('x', [ana, bo, olga], { mergedInto: 'y' })], []],
  ])('%s', (_, interactions, expected) => {
    expect(keys(destinationsOf(conversation(interactions), 'operator'))).toEqual(expected)
  })

  it('who only answers may not whisper, and in a closed conversation nobody writes', () => {
    expect(keys(destinationsOf(conversation([shared, room]), 'responder'))).toEqual([
      'circle shared',
      'backchannel room',
    ])
    expect(destinationsOf(conversation([shared, room], 'closed'), 'administrator')).toEqual([])
  })

  it('names whom it reaches: in a whisper only those who answer', () => {
    expect(destinationsOf(conversation([shared]), 'operator')).toEqual([
      { kind: 'circle', interaction: 'shared', who: ['Ana', 'Olga'], hasAsker: true },
      { kind: 'whisper', interaction: 'shared', who: ['Olga'] },
    ])
  })

  it('tells several matters with one visitor apart', () => {
    const both = {
      ...conversation([interaction('x', [ana, bo], { ticket: 't1' }), interaction('y', [ana, bo], { ticket: 't2' })]),
      tickets: [
        { id: 't1', state: 'open' as const, name: 'Ferry' },
        { id: 't2', state: 'open' as const },
      ],
    }
    expect(destinationsOf(both, 'responder')).toEqual([
      { kind: 'circle', interaction: 'x', who: ['Ana'], hasAsker: true, ticket: 'Ferry' },
      { kind: 'circle', interaction: 'y', who: ['Ana'], hasAsker: true },
    ])
  })

  it('everyone is everyone of one matter, offered for each in which there are several exchanges', () => {
    const [x, y] = [interaction('x', [ana, bo], { ticket: 't1' }), interaction('y', [ana, olga, bo], { ticket: 't1' })]
    const [v, w] = [interaction('v', [ana, bo], { ticket: 't2' }), interaction('w', [ana, bo], { ticket: 't2' })]
    const tickets = [
      { id: 't1', state: 'open' as const, name: 'Ferry' },
      { id: 't2', state: 'open' as const, name: 'Invoice' },
    ]
    const everyone = (all: InteractionView[]) =>
      destinationsOf({ ...conversation(all), tickets }, 'responder').filter(({ kind }) => kind === 'everyone')
    expect(everyone([x, y, v, w])).toEqual([
      { kind: 'everyone', who: ['Ana', 'Olga'], of: 't1', ticket: 'Ferry' },
      { kind: 'everyone', who: ['Ana'], of: 't2', ticket: 'Invoice' },
    ])
    expect(everyone([x, y, v]).map(keyOf)).toEqual(['everyone t1'])
    expect(everyone([x, v])).toEqual([])
  })

  it('what is new to write begins towards the outside, and stays where it was chosen', () => {
    const all = destinationsOf(conversation([shared, room]), 'operator')
    expect(chosenAmong(all, null)).toBe(all[0])
    expect(chosenAmong(all, 'backchannel room')).toBe(all[1])
  })

  it('what was meant for one that is gone goes nowhere by itself, and stays a draft of where it was', () => {
    const all = destinationsOf(conversation([shared, room]), 'operator')
    expect(chosenAmong(all, 'backchannel gone')).toBeUndefined()
    expect(chosenAmong(all, 'circle gone')).toBeUndefined()
    expect(draftPlaceOf('c', 'backchannel gone')).toBe('c.backchannel gone')
    expect(draftPlaceOf('c', 'circle gone')).toBe('c')
  })

  it('the key leads inside and out again, to a whisper before an older backchannel', () => {
    const all = destinationsOf(conversation([shared, room, whisper]), 'operator')
    const [outside] = all
    const inside = outside && otherSide(all, outside)
    expect(inside && keyOf(inside)).toBe('whisper shared')
    expect(inside && otherSide(all, inside)).toBe(outside)
    const only = destinationsOf(conversation([interaction('x', [ana, bo])]), 'operator')
    expect(only[0] && otherSide(only, only[0])).toBeUndefined()
  })

  it('no draft of the inside is ever that of the outside, or of another inside', () => {
    const all = destinationsOf(conversation([shared, room, whisper]), 'operator')
    const places = all.filter(isInside).map((one) => draftPlace('c', one))
    expect(new Set(places).size).toBe(places.length)
    expect(places).not.toContain('c')
    expect(all.filter((one) => !isInside(one)).map((one) => draftPlace('c', one))).toEqual(['c'])
  })
})
