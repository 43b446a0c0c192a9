import { expect, test } from 'vitest'
import { byteRange } from './byte-range.ts'

test.each([
  ['bytes=0-', { from: 0, to: 1000 }],
  ['bytes=0-1', { from: 0, to: 2 }],
  ['bytes=10-19', { from: 10, to: 20 }],
  ['bytes=990-5000', { from: 990, to: 1000 }],
  ['bytes=-100', { from: 900, to: 1000 }],
  ['bytes=-5000', { from: 0, to: 1000 }],
  ['bytes=1000-', null],
  ['bytes=20-10', null],
  ['bytes=0-1,5-6', null],
  ['bytes=-', null],
  ['lines=0-1', null],
  ['', null],
  [undefined, null],
])('C8 of 1,000 bytes "%s" asks for %j', (header, part) => {
  expect(byteRange(header, 1_000)).toEqual(part)
})
