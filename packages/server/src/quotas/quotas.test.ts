import { hours, minutes } from '@parley/model'
import { expect, test } from 'vitest'
import { networkOf, Quotas } from './quotas.ts'

const start = new Date('2026-03-01T10:00:00Z')
const at = (ms: number) => new Date(start.getTime() + ms)

test('what one visitor may do in an hour is counted apart from what others do', () => {
  const quotas = new Quotas({ messages: { visitor: 2 } })
  expect(quotas.take('messages', { visitor: 'ana' }, start).ok).toBe(true)
  expect(quotas.take('messages', { visitor: 'ana' }, start).ok).toBe(true)
  expect(quotas.take('messages', { visitor: 'ana' }, start)).toMatchObject({ ok: false })
  expect(quotas.take('messages', { visitor: 'bo' }, start).ok).toBe(true)
})

test('who has used everything up is told how long to wait, and may go on after it', () => {
  const quotas = new Quotas({ messages: { visitor: 1 } })
  quotas.take('messages', { visitor: 'ana' }, start)
  const refused = quotas.take('messages', { visitor: 'ana' }, at(minutes(15)))
  expect(refused).toEqual({ ok: false, retryAfterSeconds: 45 * 60 })
  expect(quotas.take('messages', { visitor: 'ana' }, at(hours(2))).ok).toBe(true)
})

test('nobody gets twice the quota by waiting for the clock to strike', () => {
  const quotas = new Quotas({ messages: { visitor: 10 } })
  quotas.take('messages', { visitor: 'other' }, start)
  for (let i = 0; i < 10; i++) quotas.take('messages', { visitor: 'ana' }, at(minutes(59)))
  const allowed = Array.from({ length: 10 }, () => quotas.take('messages', { visitor: 'ana' }, at(minutes(61))).ok)
  expect(allowed.filter(Boolean).length).toBeLessThanOrEqual(1)
})

test('many visitors behind one address, and many addresses of one network, share a limit', () => {
  const quotas = new Quotas({ messages: { visitor: 100, address: 3, network: 5 } })
  const from = (ip: string, visitor: string) => quotas.take('messages', { ip, visitor }, start).ok
  expect(['a', 'b', 'c', 'd'].map((visitor) => from('192.0.2.1', visitor))).toEqual([true, true, true, false])
  expect(['e', 'f', 'g'].map((visitor) => from('192.0.2.2', visitor))).toEqual([true, true, false])
  expect(from('198.51.100.7', 'h')).toBe(true)
})

test('what is refused uses nothing up', () => {
  const quotas = new Quotas({ messages: { visitor: 1, address: 10 } })
  for (let i = 0; i < 20; i++) quotas.take('messages', { ip: '192.0.2.1', visitor: 'ana' }, start)
  expect(quotas.take('messages', { ip: '192.0.2.1', visitor: 'bo' }, start).ok).toBe(true)
})

test.each([
  ['192.0.2.77', '192.0.2'],
  ['::ffff:192.0.2.77', '192.0.2'],
  ['2001:db8:1234:5678::9', '2001:db8:1234'],
  ['2001:0db8:1234::', '2001:db8:1234'],
  ['::1', '0:0:0'],
])('the network of %s is %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
