import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { findIdentities } from './find-identities.ts'

const countries = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'PL', 'NL', 'BR', 'JP']
const find = (text: string, strict = false) =>
  findIdentities(text, { countries, strict }).map(({ kind, text: found }) => `${kind}: ${found}`)
const hash = (of: number, algorithm = 'sha256') => createHash(algorithm).update(`id ${of}`).digest('hex')
const uuid = (of: number) => hash(of).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
const ids = Array.from({ length: 2_000 }, (_, of) => uuid(of))

test('A9 the id of an order is not taken for a telephone number, in whatever sentence it stands', () => {
  const masked = (text: (id: string) => string, strict = false) => ids.filter((id) => find(text(id), strict).length > 0)
  expect(masked((id) => `My order is ${id}, thank you.`)).toEqual([])
  expect(masked((id) => `Call the driver of ${id.toUpperCase()}`)).toEqual([])
  expect(masked((id) => `(${id}) has not come`, true)).toEqual([])
  expect(masked((id) => `Both ${id} and ${id}`, true)).toEqual([])
})

test.each(['md5', 'sha1', 'sha256', 'sha512'])('A9 a %s hash is not taken for a telephone number', (algorithm) => {
  const hashes = Array.from({ length: 500 }, (_, of) => hash(of, algorithm))
  expect(hashes.filter((each) => find(`The file is ${each}.`).length > 0)).toEqual([])
  expect(hashes.filter((each) => find(`phone: ${each}`, true).length > 0)).toEqual([])
})

test.each(['415 555 2671', '+49 30 1234567', '06 12 34 56 78', '0171-1234567'])(
  'A9 a number beside an id is found all the same: %s',
  (number) => {
    const [first = '', second = ''] = ids
    expect(find(`${first} ${number}`)).toEqual([`phone: ${number}`])
    expect(find(`${number} ${first} - ${second}`)).toEqual([`phone: ${number}`])
    expect(find(`Order ${first}, my number is ${number}.`)).toEqual([`phone: ${number}`])
  },
)

test.each(['01711234-5671-2345-6789-017112345671', 'a1711234-5671-2345-6789-017112345671'])(
  'A9 a number that somebody writes into the form of an id is found: %s',
  (text) => {
    expect(find(`call me: ${text}`)).not.toEqual([])
  },
)
