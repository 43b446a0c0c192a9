import type { AddressView, Me, OfferView } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { sayProblem } from '../api/problem.model.ts'
import { inOrder, mayResend } from '../conversations/deliveries.model.ts'
import { shortcutFor } from '../desk/shortcuts.model.ts'
import { dayName, fileSize, shortTime } from '../desk/times.model.ts'
import { mayAnswer, newcomers } from '../offers/offers.model.ts'
import { readLinkKey, readCode as readSignInCode, stepAfter } from '../sign-in/sign-in.model.ts'
import { leavesNobodyToReach, looksLike, readCode } from './addresses.model.ts'
import { faultOf, formOf, patchOf } from './profile.model.ts'
import { describeAgent, keyOf, runsOf } from './security.model.ts'
import { bySite } from './topics.model.ts'

const me: Me = {
  role: 'responder',
  person: 'p',
  name: 'Bo Berg',
  alias: 'Bo',
  language: 'en',
  state: 'active',
  capacity: null,
  perHour: null,
  topics: ['t1'],
  languages: ['en'],
  addresses: [],
}

describe('a profile', () => {
  const form = formOf(me)
  it.each([
    ['is fine as it is', {}, null],
    ['needs an alias', { alias: ' ' }, 'alias-empty'],
    ['must not give an address away', { alias: 'bo@example.org' }, 'alias-reveals'],
    ['must not give a number away', { alias: 'Bo +47 22 33 44 55' }, 'alias-reveals'],
    ['may have a small number', { alias: 'Agent 12' }, null],
    ['takes a whole capacity', { capacity: 2.5 }, 'capacity-wrong'],
    ['takes no capacity of none', { capacity: 0 }, 'capacity-wrong'],
    ['takes no limit', { capacity: '' }, null],
  ])('%s', (_, change, fault) => {
    expect(faultOf({ ...form, ...change })).toBe(fault)
  })

  it('sends only what was changed', () => {
    expect(patchOf(me, form)).toEqual({})
    expect(patchOf(me, { ...form, alias: ' Bob ', capacity: 3, isActive: false })).toEqual({
      alias: 'Bob',
      capacity: 3,
      state: 'paused',
    })
  })

  it('does not bring back somebody who has left', () => {
    expect(patchOf({ ...me, state: 'left' }, formOf({ ...me, state: 'left' }))).toEqual({})
  })
})

describe('addresses', () => {
  const address = (id: string, state: AddressView['state']): AddressView => ({
    id,
    medium: 'email',
    value: `${id}@example.org`,
    state,
    offers: true,
    position: 0,
  })
  const [a, b, c] = [address('a', 'proven'), address('b', 'unproven'), address('c', 'failing')] as const
  it.each([
    ['the only confirmed one', [a, b], a, true],
    ['one of two', [a, c], a, false],
    ['one that was never confirmed', [a, b], b, false],
  ])('removing %s leaves nobody to reach: %s', (_, all, without, expected) => {
    expect(leavesNobodyToReach(all, without)).toBe(expected)
  })
  it('takes a code as people type it', () => expect(readCode(' ab3-d 9k ')).toBe('AB3D9K'))
  it.each([
    ['bo@example.org', true],
    ['bo@example', true],
    ['bo', false],
    ['bo @x.org', false],
  ])('%s looks like an address: %s', (value, expected) => expect(looksLike('email', value)).toBe(expected))
})

describe('signing in', () => {
  it.each([
    ['123456', { kind: 'totp', code: '123456' }],
    [' 123 456 ', { kind: 'totp', code: '123456' }],
    ['aB3dE-fG5hJ', { kind: 'backup', code: 'aB3dE-fG5hJ' }],
    ['12345', null],
    ['', null],
  ])('reads the code %j', (typed, read) => expect(readSignInCode(typed)).toEqual(read))
  it.each([
    ['#Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5', 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5'],
    ['', null],
    ['#short', null],
    ['#<script>alert(1)</script>aaaaaaaa', null],
  ])('reads the key of a link from %j', (hash, key) => expect(readLinkKey(hash)).toBe(key))
  it('asks for a second step when there is one', () => {
    expect([stepAfter({}), stepAfter({ twoFactorRedirect: true })]).toEqual(['done', 'code'])
  })
  it('shows a key in groups', () => expect(keyOf('otpauth://totp/x?secret=ABCDEFGHIJ&issuer=P')).toBe('ABCD EFGH IJ'))
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit Chrome/140 Safari/537', 'Chrome, Linux'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS) Version/18 Mobile Safari/604', 'Safari, iOS'],
    ['Mozilla/5.0 (Windows NT 10.0; rv:140) Gecko Firefox/140', 'Firefox, Windows'],
    ['curl/8', null],
    [null, null],
  ])('names the browser of %s', (agent, name) => expect(describeAgent(agent)).toBe(name))
  it('draws each dark cell of a QR code once', () => {
    expect(
      runsOf([
        [true, true, false, true],
        [false, false, false, false],
      ]),
    ).toEqual([
      { x: 0, y: 0, width: 2 },
      { x: 3, y: 0, width: 1 },
    ])
  })
})

it('topics are listed by site', () => {
  const topic = (id: string, site: string) => ({ id, site, siteName: site, name: id })
  expect(bySite([topic('a', 'x'), topic('b', 'y'), topic('c', 'x')]).map((one) => one.topics.length)).toEqual([2, 1])
})

describe('a question', () => {
  const offer = (id: string, state: OfferView['state']) => ({ id, state }) as OfferView
  it('that is new is told; those that were there, or are over, are not', () => {
    const now = [offer('a', 'open'), offer('b', 'open'), offer('c', 'withdrawn')]
    expect(newcomers([offer('a', 'open')], now).map((one) => one.id)).toEqual(['b'])
    expect(newcomers(undefined, now)).toEqual([])
  })
  it('can still be answered after one has declined it, not after somebody else took it', () => {
    expect([mayAnswer('open'), mayAnswer('declined'), mayAnswer('withdrawn'), mayAnswer('late')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

it('deliveries that need a person come first, and only those can be sent again', () => {
  const one = (id: string, state: 'failed' | 'sent' | 'unknown', updatedAt: string) => ({
    id,
    kind: 'message' as const,
    medium: 'email',
    to: 'Ana',
    message: null,
    state,
    reason: null,
    attempts: [],
    maybeTwice: false,
    updatedAt,
  })
  const all = inOrder([one('a', 'sent', '3'), one('b', 'unknown', '1'), one('c', 'failed', '2'), one('d', 'sent', '4')])
  expect(all.map((delivery) => delivery.id)).toEqual(['c', 'b', 'd', 'a'])
  expect(all.filter(mayResend).map((delivery) => delivery.id)).toEqual(['c', 'b'])
})

describe('keys', () => {
  const pressed = { key: 'j', hasModifier: false, isTyping: false, isInDialog: false }
  it.each([
    ['move through the list', {}, 'next'],
    ['are letters while one types', { isTyping: true }, null],
    ['except Escape, which leaves the text', { key: 'Escape', isTyping: true }, 'back'],
    ['are the browser’s with Ctrl', { hasModifier: true }, null],
    ['belong to an open dialog', { isInDialog: true, key: 'Escape' }, null],
    ['show themselves', { key: '?' }, 'help'],
  ])('%s', (_, change, does) => expect(shortcutFor({ ...pressed, ...change })).toBe(does))
})

describe('times', () => {
  const now = new Date(2026, 10, 22, 15, 0)
  it('are the hour today, the weekday this week, the date before', () => {
    expect(shortTime(new Date(2026, 10, 22, 9, 5).toISOString(), now, 'de')).toBe('09:05')
    expect(shortTime(new Date(2026, 10, 20, 9, 5).toISOString(), now, 'de')).toBe('Fr')
    expect(shortTime(new Date(2026, 9, 2, 9, 5).toISOString(), now, 'de')).toBe('2. Okt.')
  })
  it('call today and yesterday by name', () => {
    expect(dayName(new Date(2026, 10, 22, 1).toISOString(), now, 'en')).toBe('today')
    expect(dayName(new Date(2026, 10, 21, 23).toISOString(), now, 'en')).toBe('yesterday')
  })
  it('and sizes are in units that people know', () => {
    expect([fileSize(800, 'en'), fileSize(48_213, 'en'), fileSize(1_204_882, 'en')]).toEqual([
      '800 byte',
      '48.2 kB',
      '1.2 MB',
    ])
  })
})

it('a refusal says what the server says, and else what to do next', () => {
  expect(sayProblem({ reason: 'x', text: 'Do this.' })).toEqual({ text: 'Do this.' })
  expect(sayProblem({ reason: 'offline', text: '' })).toEqual({ word: 'problem.offline' })
  expect(sayProblem({ reason: 'never heard of', text: '' })).toEqual({ word: 'problem.unexpected' })
})
