import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AttemptOutcome,
  afterOutcome,
  afterReceipt,
  afterSent,
  type DeliveryFacts,
  type DeliveryState,
  type DeliveryStep,
  patienceFor,
  type Receipt,
} from './delivery-step.ts'

const queuedAt = new Date('2026-11-22T10:00:00Z')
const later = (seconds: number) => new Date(queuedAt.getTime() + seconds * 1000)
const mail: DeliveryFacts = { attempts: 1, medium: 'email', firstQueuedAt: queuedAt, markedTwice: false }
const sms: DeliveryFacts = { ...mail, medium: 'sms' }
const web: DeliveryFacts = { ...mail, medium: 'web' }
const busy: AttemptOutcome = { status: 'retry', reason: '450 try later' }
const lost: AttemptOutcome = { status: 'unknown', reason: 'connection lost after DATA' }

// Without jitter, at 10:00:00.
test.each<[string, DeliveryFacts, AttemptOutcome, DeliveryStep]>([
  ['what the peer took is sent', mail, { status: 'sent' }, { state: 'sent' }],
  [
    'a mail that may come later is tried again after half a minute to a minute',
    mail,
    busy,
    { state: 'queued', at: later(30), markTwice: false, because: '450 try later' },
  ],
  [
    'the wait doubles',
    { ...mail, attempts: 4 },
    busy,
    { state: 'queued', at: later(240), markTwice: false, because: '450 try later' },
  ],
  [
    'the wait has an upper bound',
    { ...mail, attempts: 12 },
    busy,
    { state: 'queued', at: later(900), markTwice: false, because: '450 try later' },
  ],
  [
    'a peer that names a longer wait gets it',
    sms,
    { ...busy, afterMs: 90_000 },
    { state: 'queued', at: later(90), markTwice: false, because: '450 try later' },
  ],
  [
    'a peer that names no sensible wait gets ours',
    sms,
    { ...busy, afterMs: -5 },
    { state: 'queued', at: later(2.5), markTwice: false, because: '450 try later' },
  ],
  [
    'no peer makes us wait beyond the time to give up',
    sms,
    { ...busy, afterMs: 1e12 },
    { state: 'queued', at: later(7200), markTwice: false, because: '450 try later' },
  ],
  [
    'when the attempts are used up the lane moves to the next address',
    { ...mail, attempts: 20 },
    busy,
    { state: 'failed', moves: 'lane', because: 'retries-used-up', reason: '450 try later' },
  ],
  [
    'when the time is used up the lane moves to the next address',
    { ...mail, firstQueuedAt: later(-12 * 3600) },
    busy,
    { state: 'failed', moves: 'lane', because: 'retries-used-up', reason: '450 try later' },
  ],
  [
    'an address refused for good moves the whole lane',
    mail,
    { status: 'rejected', scope: 'address', reason: '550 no such user' },
    { state: 'failed', moves: 'lane', because: 'rejected', reason: '550 no such user' },
  ],
  [
    'a message refused for good moves alone',
    mail,
    { status: 'rejected', scope: 'message', reason: '552 too large' },
    { state: 'failed', moves: 'delivery', because: 'rejected', reason: '552 too large' },
  ],
  [
    'a mail whose outcome is unknown goes once more, marked',
    mail,
    lost,
    { state: 'queued', at: later(30), markTwice: true, because: 'connection lost after DATA' },
  ],
  [
    'a mail is not sent a third time into the unknown',
    { ...mail, attempts: 2, markedTwice: true },
    lost,
    { state: 'unknown', receiptUntil: later(900), because: 'connection lost after DATA' },
  ],
  [
    'a marked mail that is put off stays marked',
    { ...mail, attempts: 2, markedTwice: true },
    busy,
    { state: 'queued', at: later(60), markTwice: true, because: '450 try later' },
  ],
  [
    'an SMS whose outcome is unknown is not repeated: it costs',
    sms,
    lost,
    { state: 'unknown', receiptUntil: later(900), because: 'connection lost after DATA' },
  ],
  [
    'a medium we know nothing of is treated as one that costs',
    { ...sms, medium: 'carrier-pigeon' },
    lost,
    { state: 'unknown', receiptUntil: later(900), because: 'connection lost after DATA' },
  ],
  [
    'a window recognises what it has, so it is simply told again',
    web,
    lost,
    { state: 'queued', at: later(2.5), markTwice: false, because: 'connection lost after DATA' },
  ],
])('A18: %s', (_, delivery, outcome, step) => {
  expect(afterOutcome(delivery, outcome, queuedAt, 0)).toEqual(step)
})

describe('A18: whatever a peer answers', () => {
  const media = fc.constantFrom('email', 'sms', 'web', 'xmpp')
  const outcomes: fc.Arbitrary<AttemptOutcome> = fc.oneof(
    fc.record({ status: fc.constant('retry' as const), afterMs: fc.double(), reason: fc.constant('r') }),
    fc.constant<AttemptOutcome>({ status: 'retry', reason: 'r' }),
    fc.constant<AttemptOutcome>({ status: 'unknown', reason: 'u' }),
  )

  test('A18: a delivery that is never taken ends, by its attempts or its time, and never later than promised', () => {
    fc.assert(
      fc.property(
        media,
        fc.array(outcomes, { minLength: 50, maxLength: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (medium, answers, jitter) => {
          const patience = patienceFor(medium)
          let delivery: DeliveryFacts = { attempts: 1, medium, firstQueuedAt: queuedAt, markedTwice: false }
          let now = queuedAt
          let unmarkedRepeats = 0
          for (const outcome of answers) {
            const step = afterOutcome(delivery, outcome, now, jitter)
            if (step.state !== 'queued') return
            expect(step.at.getTime()).toBeGreaterThanOrEqual(now.getTime())
            expect(step.at.getTime()).toBeLessThanOrEqual(
              Math.max(now.getTime() + patience.firstRetryMs * 2 ** 12, queuedAt.getTime() + patience.giveUpMs),
            )
            if (outcome.status === 'unknown' && !step.markTwice && medium !== 'web') unmarkedRepeats++
            now = step.at
            delivery = { ...delivery, attempts: delivery.attempts + 1, markedTwice: step.markTwice }
          }
          expect.unreachable(`still trying after ${delivery.attempts} attempts, ${unmarkedRepeats} of them unmarked`)
        },
      ),
      { seed: 20261122, numRuns: 500 },
    )
  })

  test('A18: outside the window nothing is repeated after an unknown outcome, but a mail or a chat message, once and marked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('email', 'sms', 'xmpp', 'sip'),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (medium, markedTwice, attempts) => {
          const step = afterOutcome({ attempts, medium, firstQueuedAt: queuedAt, markedTwice }, lost, queuedAt, 0.5)
          const mayRepeat = (medium === 'email' || medium === 'xmpp') && !markedTwice
          expect(step).toMatchObject(mayRepeat ? { state: 'queued', markTwice: true } : { state: 'unknown' })
        },
      ),
      { seed: 20261122, numRuns: 500 },
    )
  })
})

test.each<[DeliveryState, Receipt, DeliveryState | string]>([
  ['sent', 'delivered', 'delivered'],
  ['sent', 'read', 'read'],
  ['delivered', 'read', 'read'],
  ['read', 'delivered', 'further-on'],
  ['read', 'bounced', 'further-on'],
  ['delivered', 'delivered', 'already-there'],
  ['delivered', 'bounced', 'further-on'],
  ['sent', 'bounced', 'failed'],
  ['failed', 'bounced', 'already-there'],
  ['sending', 'delivered', 'delivered'],
  ['unknown', 'delivered', 'delivered'],
  ['unknown', 'bounced', 'failed'],
  ['queued', 'delivered', 'delivered'],
  ['failed', 'delivered', 'delivered'],
  ['replaced', 'delivered', 'set-aside'],
  ['held-back', 'bounced', 'set-aside'],
])('A18: a delivery that is %s and hears "%s" → %s', (state, receipt, expected) => {
  const verdict = afterReceipt(state, 1, receipt)
  expect(verdict.applies ? verdict.state : verdict.because).toBe(expected)
})

test('A18: a receipt for what was never attempted is not believed', () => {
  expect(afterReceipt('queued', 0, 'delivered')).toEqual({ applies: false, because: 'nothing-was-sent' })
})

test('A18: the answer to the attempt does not undo a receipt that overtook it', () => {
  expect(afterSent('delivered')).toBe('delivered')
  expect(afterSent('failed')).toBe('failed')
  expect(afterSent('sending')).toBe('sent')
})
