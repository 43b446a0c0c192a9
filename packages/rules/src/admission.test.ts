import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AdmissionFacts, type AdmissionPolicy, type AdmissionVerdict, admit, slotsOf } from './admission.ts'

const offeredAt = new Date('2026-11-22T10:00:00Z')
const after = (ms: number) => new Date(offeredAt.getTime() + ms)
const answer: AdmissionFacts = {
  admitted: 0,
  alreadyAdmitted: false,
  offerState: 'open',
  ticketState: 'open',
  offeredAt,
  now: after(1000),
  verdict: 'message',
  medium: 'email',
  invited: false,
  grace: 'not-begun',
}
const byPhone = { media: ['sip'], graceMs: 60_000 }
const first: AdmissionPolicy = { kind: 'first' }
const firstTwo: AdmissionPolicy = { kind: 'first-n', slots: 2 }
const any: AdmissionPolicy = { kind: 'any' }
const admitted = (last: boolean, again = false): AdmissionVerdict => ({ admitted: true, again, last })

test.each<[string, AdmissionPolicy, Partial<AdmissionFacts>, AdmissionVerdict]>([
  ['the first to reply gets the one place, which fills the ticket', first, {}, admitted(true)],
  [
    'the second is told that it is taken',
    first,
    { admitted: 1 },
    { admitted: false, because: 'slots-taken', keep: true },
  ],
  ['of two places the first reply leaves one', firstTwo, {}, admitted(false)],
  ['of two places the second reply fills them', firstTwo, { admitted: 1 }, admitted(true)],
  [
    'of two places a third is too many',
    firstTwo,
    { admitted: 2 },
    { admitted: false, because: 'slots-taken', keep: true },
  ],
  ['where anyone may answer, places are never used up', any, { admitted: 5000 }, admitted(false)],
  [
    'who holds a place goes on writing when all are taken',
    first,
    { alreadyAdmitted: true, admitted: 1, offerState: 'admitted' },
    admitted(false, true),
  ],
  [
    'within the time limit, to the millisecond',
    { kind: 'any', withinMs: 60_000 },
    { now: after(60_000) },
    admitted(false),
  ],
  [
    'after the time limit it is too late',
    { kind: 'any', withinMs: 60_000 },
    { now: after(60_001) },
    { admitted: false, because: 'too-late', keep: true },
  ],
  [
    'the time limit does not silence one who holds a place',
    { kind: 'first', withinMs: 60_000 },
    { alreadyAdmitted: true, now: after(1e9) },
    admitted(false, true),
  ],
  [
    'an expired offer is too late',
    any,
    { offerState: 'expired' },
    { admitted: false, because: 'too-late', keep: true },
  ],
  [
    'a withdrawn offer admits nobody',
    any,
    { offerState: 'withdrawn' },
    { admitted: false, because: 'offer-withdrawn', keep: true },
  ],
  [
    'one withdrawn because the place was taken says so',
    first,
    { offerState: 'withdrawn', admitted: 1 },
    { admitted: false, because: 'slots-taken', keep: true },
  ],
  ['who declined may think again while there is a place', first, { offerState: 'declined' }, admitted(true)],
  ['who was late may take a place that became free', first, { offerState: 'late' }, admitted(true)],
  ['who lost a place by silence may take it again if it is free', first, { offerState: 'admitted' }, admitted(true)],
  [
    'who lost a place by silence cannot take it from another',
    first,
    { offerState: 'admitted', admitted: 1 },
    { admitted: false, because: 'slots-taken', keep: true },
  ],
  [
    'a closed ticket takes no answer, and keeps what was written',
    any,
    { ticketState: 'closed' },
    { admitted: false, because: 'ticket-closed', keep: true },
  ],
  [
    'a vacation notice takes no place',
    any,
    { verdict: 'automatic' },
    { admitted: false, because: 'not-an-answer', keep: false },
  ],
  ['a bounce takes no place', any, { verdict: 'bounce' }, { admitted: false, because: 'not-an-answer', keep: false }],
  [
    'a held mail takes no place until it is released',
    any,
    { verdict: 'held' },
    { admitted: false, because: 'held', keep: true },
  ],
  [
    'an answer over another medium than the preferred one waits',
    { ...first, prefer: byPhone },
    {},
    { admitted: false, because: 'prefers-another-medium', keep: true },
  ],
  [
    'while another one waits, one more waits too',
    { ...first, prefer: byPhone },
    { grace: 'under-way' },
    { admitted: false, because: 'prefers-another-medium', keep: true },
  ],
  [
    'one over the preferred medium waits for nobody',
    { ...first, prefer: byPhone },
    { medium: 'sip', grace: 'under-way' },
    admitted(true),
  ],
  [
    'what waited is admitted when the grace ends without a better one',
    { ...first, prefer: byPhone },
    { grace: 'over', offerState: 'waiting' },
    admitted(true),
  ],
  [
    'what waited is late when a better one came',
    { ...first, prefer: byPhone },
    { grace: 'over', offerState: 'waiting', admitted: 1 },
    { admitted: false, because: 'slots-taken', keep: true },
  ],
  [
    'what is too late does not wait',
    { ...first, prefer: byPhone, withinMs: 500 },
    {},
    { admitted: false, because: 'too-late', keep: true },
  ],
  [
    'where only those who were named may answer, nobody else does',
    { ...any, byInvitation: true },
    {},
    { admitted: false, because: 'not-invited', keep: true },
  ],
  ['who was named may', { ...any, byInvitation: true }, { invited: true }, admitted(false)],
  [
    'who fell silent may take the place again while it is free',
    first,
    { lostPlace: 'by-silence', offerState: 'admitted' },
    admitted(true),
  ],
  [
    'who had it before it went on with somebody else may not',
    first,
    { lostPlace: 'moved-on', offerState: 'admitted' },
    { admitted: false, because: 'place-lost', keep: true },
  ],
  ['a decline takes no place', any, { verdict: 'decline' }, { admitted: false, because: 'declined', keep: false }],
])('A10: %s', (_, policy, facts, verdict) => {
  expect(admit(policy, { ...answer, ...facts })).toEqual(verdict)
})

test('A10: a policy without a whole number of places is refused', () => {
  for (const slots of [0, -1, 1.5, Number.NaN]) expect(() => slotsOf({ kind: 'first-n', slots })).toThrow(/places/)
})

describe('A10: however the replies come in', () => {
  const verdicts = fc.constantFrom<AdmissionFacts['verdict']>(
    'message',
    'message',
    'automatic',
    'bounce',
    'held',
    'decline',
  )

  test('A10: exactly as many are admitted as there are places, or answers, and the place that fills the ticket says so once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.record({ candidate: fc.integer({ min: 0, max: 60 }), verdict: verdicts }), { maxLength: 100 }),
        (slots, replies) => {
          const holders = new Set<number>()
          let filled = 0
          for (const { candidate, verdict } of replies) {
            const before = holders.size
            const result = admit(
              { kind: 'first-n', slots },
              {
                ...answer,
                admitted: before,
                alreadyAdmitted: holders.has(candidate),
                verdict,
              },
            )
            if (result.admitted) holders.add(candidate)
            if (result.admitted && result.last) filled++
            if (!result.admitted && result.because === 'slots-taken') expect(before).toBe(slots)
          }
          const answerers = [...new Set(replies.filter((r) => r.verdict === 'message').map((r) => r.candidate))]
          expect([...holders]).toEqual(answerers.slice(0, slots))
          expect(filled).toBe(answerers.length >= slots ? 1 : 0)
        },
      ),
      { seed: 20261122, numRuns: 2000 },
    )
  })
})
