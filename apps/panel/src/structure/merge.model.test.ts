import type { ConversationView, InteractionView } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { Line } from '../live/live.model.ts'
import { mayMerge, mergeTargets, packThing, unpackThing } from './merge.model.ts'
import { inOrderOf, nothingPicked, pick } from './pick.model.ts'

const interaction = (id: string, more: Partial<InteractionView> = {}): InteractionView => ({
  id,
  kind: 'exchange',
  state: 'open',
  length: 0,
  writable: true,
  participants: [],
  ...more,
})
const conversation = (id: string, tickets: string[], interactions: InteractionView[]): ConversationView => ({
  id,
  site: 's',
  state: 'open',
  topic: null,
  language: 'en',
  createdAt: '2026-11-01T10:00:00.000Z',
  hunt: 'found',
  tickets: tickets.map((ticket) => ({ id: ticket, state: 'open' })),
  interactions,
})
const all = [
  conversation(
    'a',
    ['t1', 't2'],
    [
      interaction('intake', { kind: 'intake' }),
      interaction('x'),
      interaction('y'),
      interaction('z', { state: 'closed' }),
      interaction('in', { kind: 'backchannel' }),
      interaction('in2', { kind: 'backchannel' }),
    ],
  ),
  conversation('b', ['t3'], [interaction('far')]),
]

describe('C4 merging', () => {
  it.each([
    [{ conversation: 'a' }, [{ conversation: 'b' }]],
    [{ ticket: 't1' }, [{ ticket: 't2' }]],
    [{ ticket: 't3' }, []],
    [{ interaction: 'x' }, [{ interaction: 'y' }]],
    [{ interaction: 'in' }, [{ interaction: 'in2' }]],
    [{ interaction: 'intake' }, []],
    [{ interaction: 'gone' }, []],
  ])('%j may become one with %j', (from, targets) => {
    expect(mergeTargets(from, all)).toEqual(targets)
  })

  it('takes what was dragged only from a drag of ours, and only onto what fits', () => {
    expect(unpackThing(packThing({ ticket: 't1' }))).toEqual({ ticket: 't1' })
    for (const foreign of ['', 'https://x.test', '{}', 'null', '{"ticket":7}']) expect(unpackThing(foreign)).toBeNull()
    expect(mayMerge({ ticket: 't1' }, { ticket: 't2' }, all)).toBe(true)
    expect(mayMerge({ ticket: 't1' }, { ticket: 't1' }, all)).toBe(false)
    expect(mayMerge({ ticket: 't1' }, { conversation: 'b' }, all)).toBe(false)
  })
})

describe('C4 choosing messages', () => {
  const line = (id: string, ...places: string[]): Line => ({
    message: { n: 1, id, from: 'p', at: '', text: '' },
    author: { id: 'p', you: false, role: 'responder', alias: 'Bo', colour: 0, state: 'here', delivered: 0, read: 0 },
    places: places.map((place) => ({ view: interaction(place), message: { n: 1, id, from: 'p', at: '', text: '' } })),
  })
  const [one, two, both, other] = [line('1', 'x'), line('2', 'x'), line('3', 'y', 'x'), line('4', 'y')]

  it('takes all from one interaction, in the order in which they were said', () => {
    const picked = [two, other, one, both].reduce(pick, nothingPicked)
    expect(picked.interaction).toBe('x')
    expect(inOrderOf(picked, [one, two, both, other])).toEqual(['1', '2', '3'])
  })

  it('begins anew when nothing is chosen any more, and never takes a line of the house', () => {
    expect([two, two].reduce(pick, nothingPicked)).toEqual(nothingPicked)
    expect(pick(nothingPicked, { ...one, author: null })).toEqual(nothingPicked)
  })
})
