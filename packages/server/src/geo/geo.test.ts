import { expect, test } from 'vitest'
import { impliedFacts } from './implied-facts.ts'
import { networkIn, networkOfIp } from './network-of-ip.ts'
import { openRegions } from './region-of-ip.ts'

test('A4 the country is known from the address that somebody comes from, with the database that comes along', () => {
  const regionOf = openRegions(undefined)
  // Addresses that have belonged to well-known networks of these countries for decades.
  expect(regionOf('130.208.0.1')).toBe('IS')
  expect(regionOf('::ffff:130.208.0.1')).toBe('IS')
  expect(regionOf('133.11.0.1')).toBe('JP')
  expect(regionOf('2001:638::1')).toBe('DE')
})

test.each(['127.0.0.1', '10.1.2.3', '::1', '192.168.0.1', 'unknown', '', '1.2.3.4, 5.6.7.8', '999.1.1.1'])(
  'A4 %s is nowhere, and nothing breaks',
  (ip) => {
    expect(openRegions(undefined)(ip)).toBeNull()
  },
)

test('A4 with no database nothing is known', () => {
  expect(openRegions(null)('130.208.0.1')).toBeNull()
})

test.each([
  ['host-17.lab.example.edu', 'lab.example.edu'],
  ['p5b0a1234.dip0.isp.example', 'isp.example'],
  ['1-2-3-4.pool.example.co.uk.', 'pool.example.co.uk'],
  ['static.1.2.3.4.clients.host.example', 'clients.host.example'],
  ['example.edu', 'example.edu'],
  ['localhost', null],
  ['a.<script>.example', null],
])('A4 of the name %s the network is %s: no machine and no address stands in it', (name, network) => {
  expect(networkIn(name)).toBe(network)
})

test('A4 a name that an address gives itself counts only when the name gives the address too', async () => {
  const names = { reverse: async () => ['pc7.lab.example.edu'], resolve6: async () => [] }
  expect(await networkOfIp('192.0.2.7', { ...names, resolve4: async () => ['192.0.2.7'] })).toBe('lab.example.edu')
  expect(await networkOfIp('192.0.2.7', { ...names, resolve4: async () => ['192.0.2.8'] })).toBeNull()
  const silent = async () => {
    throw new Error('ETIMEOUT')
  }
  expect(await networkOfIp('192.0.2.7', { reverse: silent, resolve4: silent, resolve6: silent })).toBeNull()
})

test('A4 a site decides whether the region is looked up at all, and whether those who are asked are told', async () => {
  const regionOf = () => 'IS'
  const of = (region: 'no' | 'match' | 'tell') => impliedFacts(regionOf, '130.208.0.1', { region, network: false })
  expect(await of('no')).toEqual({ facts: [], region: null })
  expect(await of('match')).toEqual({ facts: [{ about: 'region', value: 'IS', source: 'implied' }], region: null })
  expect((await of('tell')).region).toBe('IS')
})
