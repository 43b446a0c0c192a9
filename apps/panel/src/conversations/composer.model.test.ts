import { describe, expect, it } from 'vitest'
import { type Attached, askFields, isSend, maySend, saysTyping } from './composer.model.ts'
import { echoId } from './echo-id.ts'
import { inOrder, type ListItem, neighbour } from './list.model.ts'

const file = (state: Attached['state']): Attached => ({ key: 'k', name: 'a.pdf', size: 1, state })

describe('a text', () => {
  it.each([
    ['is sent', 'Hello', [], { ok: true }],
    ['is not sent while it is empty', '  \n', [], { ok: false, because: 'empty' }],
    ['may be empty beside a file', '', [file({ is: 'there', id: 'x' })], { ok: true }],
    ['waits for a file on its way', 'Hello', [file({ is: 'uploading' })], { ok: false, because: 'uploading' }],
    ['is not sent for a refused file alone', '', [file({ is: 'refused', text: '' })], { ok: false, because: 'empty' }],
    ['is not sent when it is too long', 'x'.repeat(16_001), [], { ok: false, because: 'too-long' }],
  ])('%s', (_, text, attached, verdict) => {
    expect(maySend(text, attached)).toEqual(verdict)
  })

  it.each([
    ['Enter', false, false, true],
    ['Enter', true, false, false],
    ['Enter', false, true, false],
    ['a', false, false, false],
  ])('with the key %s (Shift %s, composing %s) is sent: %s', (key, shiftKey, isComposing, sent) => {
    expect(isSend({ key, shiftKey, isComposing })).toBe(sent)
  })
})

it('typing is said at most every three seconds', () => {
  expect([0, 1_000, 2_999, 3_000].map((now) => saysTyping(0, now))).toEqual([false, false, false, true])
})

describe('a form that asks for a contact', () => {
  const labels = { name: 'Name', email: 'E-Mail', phone: 'Telefon' }
  it('asks for what was ticked, with the labels of the other side', () => {
    expect(
      askFields(
        [
          { kind: 'email', isAsked: true, isRequired: true },
          { kind: 'phone', isAsked: false, isRequired: true },
          { kind: 'name', isAsked: true, isRequired: false },
        ],
        labels,
      ),
    ).toEqual([
      { name: 'email', label: 'E-Mail', kind: 'email', required: true },
      { name: 'name', label: 'Name', kind: 'text', required: false },
    ])
  })
  it('is none when nothing is asked', () => {
    expect(askFields([{ kind: 'email', isAsked: false, isRequired: true }], labels)).toBeNull()
  })
})

it('an echo id is a UUID of version 4, never the same', () => {
  const ids = Array.from({ length: 100 }, echoId)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(100)
})

describe('the list', () => {
  const item = (id: string, at: string, state: ListItem['state'] = 'open'): ListItem => ({
    id,
    at,
    state,
    title: id,
    colour: 0,
    topic: null,
    isOwn: false,
    last: null,
    isSilent: true,
    unread: 0,
    hasDraft: false,
  })
  it('has open conversations first, then what was spoken in last', () => {
    const items = inOrder([item('a', '1'), item('b', '3', 'closed'), item('c', '2'), item('d', '4', 'closed')])
    expect(items.map((one) => one.id)).toEqual(['c', 'a', 'd', 'b'])
  })
  it.each([
    [null, 1, 'a'],
    [null, -1, 'c'],
    ['a', 1, 'b'],
    ['c', 1, 'c'],
    ['a', -1, 'a'],
    ['gone', 1, 'a'],
  ] as const)('from %s by %s leads to %s', (current, step, next) => {
    expect(neighbour([{ id: 'a' }, { id: 'b' }, { id: 'c' }], current, step)).toBe(next)
  })
})
