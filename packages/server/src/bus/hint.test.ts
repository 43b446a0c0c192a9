import { type AccountId, type ConversationId, newId, type PersonId } from '@parley/model'
import { expect, test } from 'vitest'
import { type Hint, packHints, unpackHints } from './hint.ts'

const committed = (people: number | null): Hint => ({
  kind: 'committed',
  account: newId<AccountId>(),
  conversation: newId<ConversationId>(),
  people: people === null ? null : Array.from({ length: people }, () => newId<PersonId>()),
})

test('hints arrive as they were given, in order, in payloads that NOTIFY takes', () => {
  const hints: Hint[] = [
    ...Array.from({ length: 300 }, (_, index) => committed((index % 50) + 1)),
    { kind: 'frame', person: newId<PersonId>(), frame: { t: 'typing', interaction: 'i', participant: 'p', on: true } },
    { kind: 'ended', person: newId<PersonId>() },
    { kind: 'lost' },
  ]
  const payloads = packHints('node', hints)
  expect(payloads.length).toBeGreaterThan(1)
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000)
  expect(payloads.flatMap((payload) => unpackHints(payload)?.hints ?? [])).toEqual(hints)
})

test('a conversation of very many people names none of them, so that everyone looks', () => {
  const [payload = ''] = packHints('node', [committed(2_000)])
  expect(unpackHints(payload)?.hints).toMatchObject([{ kind: 'committed', people: null }])
})

test.each([
  ['', null],
  ['{}', null],
  ['[1]', null],
  ['["n",["x"],["c","no id"],["e",5],["f","00000000-0000-4000-8000-000000000000",{"t":"messages"}]]', []],
])('what nobody of ours wrote tells nothing: %s', (payload, hints) => {
  expect(unpackHints(payload)?.hints ?? null).toEqual(hints)
})
