import { describe, expect, test } from 'vitest'
import { seeded } from './seeded.ts'

describe('Randomness with a seed', () => {
  test('gives the same history for the same seed, and another for another', () => {
    const draw = (seed: number) => {
      const random = seeded(seed)
      return [
        random.next(),
        random.int(1, 6),
        random.shuffle(['a', 'b', 'c', 'd']),
        [...random.bytes(8)],
        random.fork('x').next(),
      ]
    }
    expect(draw(42)).toEqual(draw(42))
    expect(draw(42)).not.toEqual(draw(43))
  })

  test('what one part of a test draws does not move what another part draws', () => {
    const busy = seeded(7)
    busy.next()
    busy.shuffle([1, 2, 3])
    expect(busy.fork('mail').next()).toBe(seeded(7).fork('mail').next())
    expect(seeded(7).fork('mail').next()).not.toBe(seeded(7).fork('web').next())
  })

  test('spreads evenly between its bounds, both included', () => {
    const random = seeded(1)
    const counts = new Map<number, number>()
    for (let n = 0; n < 6000; n++) {
      const face = random.int(1, 6)
      counts.set(face, (counts.get(face) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6])
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
    expect(() => random.pick([])).toThrow('nothing to pick from')
  })
})
