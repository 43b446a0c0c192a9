import { expect, test } from 'vitest'
import { isPurpose, mediumWord, withKeyword } from './own-addresses.model.ts'

test('A15 a keyword that is there already chooses the new topic', () => {
  const before = [
    { keyword: 'Kayak*', topic: 'a' },
    { keyword: 'ferry', topic: 'b' },
  ]
  expect(withKeyword(before, { keyword: ' kayak* ', topic: 'c' })).toEqual([
    { keyword: 'ferry', topic: 'b' },
    { keyword: 'kayak*', topic: 'c' },
  ])
})

test('A15 every medium has a word, and only what is a purpose is one', () => {
  expect(['email', 'sms', 'xmpp', 'sip'].map(mediumWord)).toEqual(['own.email', 'own.sms', 'own.xmpp', 'own.sip'])
  expect(['both', 'constructor', null].map(isPurpose)).toEqual([true, false, false])
})
