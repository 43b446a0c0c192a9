import { expect, test } from 'vitest'
import { type HuntPolicy, retryMs, roomInWave } from './hunt-policy.ts'
import { type HuntState, huntStep, nextWaveAt } from './hunt-step.ts'

const now = new Date('2026-11-22T10:00:00Z')
const at = (ms: number) => new Date(now.getTime() + ms)
const policy: HuntPolicy = {
  begins: 'with-words',
  reach: 'all',
  most: 10,
  waves: [
    { afterMs: 0, most: 2 },
    { afterMs: 60_000, most: 3 },
    { afterMs: 120_000, most: 20 },
  ],
  offerLastsMs: null,
  patienceMs: null,
  waitMs: 3_600_000,
  noLongerMatching: 'withdraw',
}
const looking: HuntState = {
  hunt: 'looking',
  wave: 1,
  askAt: at(0),
  huntUntil: null,
  waitsUntil: at(3_600_000),
  open: 2,
  admitted: 0,
  slots: 1,
}
const nothing = { ask: false, tell: false, end: false }

test.each<[string, Partial<HuntState>, Partial<typeof nothing>]>([
  ['a wave that is due is asked', {}, { ask: true }],
  ['a wave that is not due waits', { askAt: at(1) }, {}],
  ['no wave is planned', { askAt: null }, {}],
  ['somebody has answered, and there is one place', { admitted: 1, hunt: 'found' }, { end: true }],
  ['somebody has answered where anybody may', { admitted: 1, slots: Number.POSITIVE_INFINITY }, { end: true }],
  ['one of three places is filled: the others are looked for still', { admitted: 1, slots: 3 }, { ask: true }],
  ['it has waited as long as the site lets it', { waitsUntil: at(0) }, { end: true }],
  [
    'nobody answers in time: the visitor is told, and the wave goes out all the same',
    { huntUntil: at(0) },
    { ask: true, tell: true },
  ],
  ['nobody answered, and the visitor knows', { hunt: 'nobody', huntUntil: at(0) }, { ask: true }],
  ['somebody answered in time', { huntUntil: at(0), admitted: 1, slots: 3 }, { ask: true }],
])('A6 %s', (_, state, step) => {
  expect(huntStep({ ...looking, ...state }, now)).toEqual({ ...nothing, ...step })
})

test.each<[string, Parameters<typeof nextWaveAt>[1], Date | null]>([
  ['the next wave comes after its time', { wave: 1, open: 2, waitsUntil: at(1) }, at(60_000)],
  ['nobody is left of those who were asked: it comes at once', { wave: 1, open: 0, waitsUntil: at(1) }, now],
  [
    'after the last wave those who become free are looked for',
    { wave: 3, open: 2, waitsUntil: at(retryMs + 1) },
    at(retryMs),
  ],
  ['but not beyond the time that a question waits', { wave: 3, open: 2, waitsUntil: at(retryMs) }, null],
  ['nor where it waits no longer', { wave: 3, open: 0, waitsUntil: null }, null],
])('A6 %s', (_, after, next) => {
  expect(nextWaveAt(policy, after, now)).toEqual(next)
})

test.each([
  ['the first wave', 0, 0, 2],
  ['the second', 1, 2, 3],
  ['the third is cut at what the site allows for one question', 2, 5, 5],
  ['later ones too', 3, 10, 0],
  ['who became free meanwhile fits in what is left', 7, 6, 4],
])('A6 room for %s', (_, wave, asked, room) => {
  expect(roomInWave(policy, wave, asked)).toBe(room)
})

test('A6 a site without waves asks everyone it may at once', () => {
  expect(roomInWave({ ...policy, waves: [] }, 0, 0)).toBe(10)
})
