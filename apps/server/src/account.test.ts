import { expect, test } from 'vitest'
import { readArguments } from './account.ts'

const whole = ['--name', 'Acme', '--site', 'Shop', '--domain', 'Shop.example', '--responder', 'Bo L <bo@acme.example>']

test('an account is read with its site, hosts, topics and responders', () => {
  expect(readArguments([...whole, '--domain', 'localhost:3000', '--topic', 'Boots'])).toEqual({
    name: 'Acme',
    site: 'Shop',
    domains: ['shop.example', 'localhost:3000'],
    topics: ['Boots'],
    responders: [{ name: 'Bo L', alias: '', language: 'en', emails: ['bo@acme.example'] }],
  })
})

test.each([
  ['nothing', []],
  ['no responder', whole.slice(0, 6)],
  ['a responder without an address', [...whole.slice(0, 6), '--responder', 'Bo']],
  ['an address for a host', [...whole, '--domain', 'https://shop.example/']],
  ['an unknown word', [...whole, '--admin']],
])('%s is answered with the usage', (_, args) => {
  expect(readArguments(args)).toBeNull()
})
