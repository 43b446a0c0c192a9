import { describe, expect, it } from 'vitest'
import { outcomeOf, type SendFailure } from './outcome-of.ts'

const said = (at: SendFailure['at'], code: number, text: string) =>
  outcomeOf({ at, reply: { code, text }, reason: 'told' })

describe('what an answer of a mail server means for a delivery', () => {
  it.each([
    ['recipient', 550, '5.1.1 no such user', 'rejected', 'address'],
    ['recipient', 550, 'unknown mailbox', 'rejected', 'address'],
    ['recipient', 553, '5.1.3 bad syntax', 'rejected', 'address'],
    ['recipient', 550, '5.2.1 mailbox switched off', 'rejected', 'address'],
    ['after-dot', 550, '5.1.1 no such user after all', 'rejected', 'address'],
    ['recipient', 552, '5.2.2 mailbox full', 'rejected', 'message'],
    ['recipient', 554, '5.7.1 your network is listed', 'rejected', 'message'],
    ['recipient', 550, '5.7.1 relaying denied', 'rejected', 'message'],
    ['sender', 552, '5.3.4 too large', 'rejected', 'message'],
    ['sender', 550, '5.1.8 bad sender', 'rejected', 'message'],
    ['after-dot', 554, '5.6.0 content refused', 'rejected', 'message'],
  ] as const)('at the %s, %i %s: %s, %s', (at, code, text, status, scope) => {
    expect(said(at, code, text)).toMatchObject({ status, scope })
  })

  it.each([
    ['connect', 554, 'no service'],
    ['sign-in', 535, '5.7.8 wrong password'],
    ['recipient', 421, '4.3.2 shutting down'],
    ['recipient', 450, '4.2.0 try later'],
    ['after-dot', 451, '4.3.0 not now'],
    ['data', 503, '5.5.1 bad sequence'],
  ] as const)('at the %s, %i %s: it is tried again', (at, code, text) => {
    expect(said(at, code, text)).toMatchObject({ status: 'retry' })
  })

  it('a greylisting server names its time, or gets five minutes', () => {
    expect(said('recipient', 450, '4.2.0 Greylisted, see you in 120 seconds')).toMatchObject({
      status: 'retry',
      afterMs: 120_000,
    })
    expect(said('recipient', 451, '4.7.1 greylisting in action, retry in 10 minutes')).toMatchObject({
      afterMs: 600_000,
    })
    expect(said('recipient', 451, '4.7.1 Gray-listed')).toMatchObject({ afterMs: 300_000 })
    expect(said('recipient', 451, '4.7.1 greylisted for 99999 minutes')).toMatchObject({ afterMs: 3_600_000 })
  })

  it('only a line that breaks after the final dot leaves the outcome unknown', () => {
    for (const at of ['connect', 'sign-in', 'sender', 'recipient', 'data', 'body'] as const) {
      expect(outcomeOf({ at, reply: null, reason: 'broke' })).toEqual({ status: 'retry', reason: 'broke' })
    }
    expect(outcomeOf({ at: 'after-dot', reply: null, reason: 'broke' })).toEqual({ status: 'unknown', reason: 'broke' })
  })

  it('a reason keeps the code and the sense, and loses the address, the machine and the link', () => {
    const outcome = said(
      'recipient',
      550,
      '5.1.1 <bo@people.example>: user bo@people.example unknown at mx1.people.example[192.0.2.7], 2001:db8::7, see https://people.example/why?u=bo',
    )
    const reason = outcome.status === 'rejected' ? outcome.reason : ''
    expect(reason).toContain('550 5.1.1')
    expect(reason).toContain('unknown')
    expect(reason).not.toMatch(/people|192\.0|2001|bo@|http/)
  })
})
