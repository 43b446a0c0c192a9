import { expect, test } from 'vitest'
import { type AddressContext, addressKey, readAddress, type TypedMedium } from './read-address.ts'

const context: AddressContext = { countries: ['NO', 'DE'], ownDomains: ['chat.example'] }

const briefly = (medium: TypedMedium, typed: string) => {
  const read = readAddress(medium, typed, context)
  return read.ok ? `${read.value} | ${read.key}` : read.refusal
}

test.each([
  [' Bo.Berg@Example.org ', 'Bo.Berg@Example.org | bo.berg@example.org'],
  ['mailto:bo@example.org', 'bo@example.org | bo@example.org'],
  ['ｂｏ＠example.org', 'bo@example.org | bo@example.org'],
  ['bo@münchen.example', 'bo@münchen.example | bo@münchen.example'],
  ['nobody', 'malformed'],
  ['bo@localhost', 'malformed'],
  ['a@b@example.org', 'malformed'],
  ['bo@example.org\r\nbcc: x@y.example', 'malformed'],
  ['bo@example.org, x@y.example', 'malformed'],
  ['b\u200bo@example.org', 'malformed'],
  ['token@chat.example', 'own-domain'],
  ['token@CHAT.example', 'own-domain'],
  [`${'a'.repeat(400)}@example.org`, 'malformed'],
])('A12 the mail address %j is read as %j', (typed, expected) => {
  expect(briefly('email', typed)).toBe(expected)
})

test.each([
  ['+47 406 12 345', '+4740612345 | +4740612345'],
  ['0047 40612345', '+4740612345 | +4740612345'],
  ['406 12 345', '+4740612345 | +4740612345'],
  ['0171 234 5678', '+491712345678 | +491712345678'],
  ['(0171) 234-5678', '+491712345678 | +491712345678'],
  ['+1 415 555 2671', '+14155552671 | +14155552671'],
  ['tel:+4740612345', '+4740612345 | +4740612345'],
  ['４０６１２３４５', '+4740612345 | +4740612345'],
  ['+49 900 1234567', 'not-reachable'],
  ['+47 800 12 345', 'not-reachable'],
  ['+47 12', 'malformed'],
  ['911', 'malformed'],
  ['my number', 'malformed'],
  ['+47 406 12 345 ext. 7', 'malformed'],
  ['', 'malformed'],
])('A12 the phone number %j is read as %j', (typed, expected) => {
  expect(briefly('sms', typed)).toBe(expected)
})

test('A12 a number without its country is nobody’s where no country is known', () => {
  expect(readAddress('sms', '40612345', { countries: [], ownDomains: [] }).ok).toBe(false)
})

test.each([
  ['Bo@Jabber.Example', 'bo@jabber.example | bo@jabber.example'],
  ['xmpp:bo@jabber.example?message', 'bo@jabber.example | bo@jabber.example'],
  ['bo@jabber.example/phone', 'bo@jabber.example | bo@jabber.example'],
  ['bo@localhost', 'bo@localhost | bo@localhost'],
  ['bø@bücher.example', 'bø@bücher.example | bø@xn--bcher-kva.example'],
  ['jabber.example', 'malformed'],
  ['@jabber.example', 'malformed'],
  ['b o@jabber.example', 'malformed'],
  ["b'o@jabber.example", 'malformed'],
  ['bo@127.0.0.1', 'malformed'],
  ['bo@0x7f000001', 'malformed'],
  ['bo@[::1]', 'malformed'],
  ['bo@jabber.example@x', 'malformed'],
  ['token@chat.example/x', 'own-domain'],
])('A12 the messenger address %j is read as %j', (typed, expected) => {
  expect(briefly('xmpp', typed)).toBe(expected)
})

test.each([
  ['sip:Bo@Phones.example', 'sip:Bo@phones.example | bo@phones.example'],
  ['bo@phones.example', 'sip:bo@phones.example | bo@phones.example'],
  ['SIPS:bo@phones.example', 'sips:bo@phones.example | bo@phones.example'],
  ['<sip:bo@phones.example>', 'sip:bo@phones.example | bo@phones.example'],
  ['sip:bo@phones.example:5060', 'sip:bo@phones.example | bo@phones.example'],
  ['sip:bo@phones.example:5070', 'sip:bo@phones.example:5070 | bo@phones.example:5070'],
  ['sip:+4740612345@phones.example', 'sip:+4740612345@phones.example | +4740612345@phones.example'],
  ['sip:bo:secret@phones.example', 'malformed'],
  ['sip:bo@phones.example;transport=tcp', 'malformed'],
  ['sip:bo@phones.example?Subject=x', 'malformed'],
  ['sip:bo@phones.example:0', 'malformed'],
  ['sip:bo@phones.example\r\nVia: x', 'malformed'],
  ['sip:bo@10.0.0.1', 'malformed'],
  ['sip:phones.example', 'malformed'],
  ['sip:token@chat.example', 'own-domain'],
  ['sip:token@chat.example:5070', 'own-domain'],
])('A12 the phone address %j is read as %j', (typed, expected) => {
  expect(briefly('sip', typed)).toBe(expected)
})

test.each([
  ['email', 'Bo@Example.org', 'bo@example.org'],
  ['sms', '+47 406 12 345', '+4740612345'],
  ['mms', '+4740612345', '+4740612345'],
  ['sms', 'Fjord', 'fjord'],
  ['xmpp', 'Bo@jabber.example/phone', 'bo@jabber.example'],
  ['sip', 'sip:Bo@phones.example', 'bo@phones.example'],
  ['sip', 'sip:bo@127.0.0.1', 'sip:bo@127.0.0.1'],
] as const)('C1 over %s the sender %j is known as %j', (medium, address, key) => {
  expect(addressKey(medium, address)).toBe(key)
})
