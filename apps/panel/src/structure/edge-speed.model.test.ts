import { expect, it } from 'vitest'
import { edgeSpeed } from './edge-speed.model.ts'

it('C4 what is held near an edge of a list scrolls it that way, the nearer the faster, and nowhere else', () => {
  const speeds = [100, 120, 150, 160, 300, 440, 480, 500].map((y) => edgeSpeed(y, 100, 500))
  expect(speeds.map(Math.sign)).toEqual([-1, -1, -1, 0, 0, 0, 1, 1])
  const [atTop = 0, below = 0, further = 0] = speeds
  expect(atTop).toBeLessThan(below)
  expect(below).toBeLessThan(further)
  expect(speeds.at(-1)).toBe(-atTop)
  for (const outside of [99, 501, -5]) expect(edgeSpeed(outside, 100, 500)).toBe(0)
})

it('C4 in a list of a few rows there is a middle that does not scroll', () => {
  expect([0, 15, 30, 45, 60].map((y) => Math.sign(edgeSpeed(y, 0, 60)))).toEqual([-1, -1, 0, 1, 1])
})
