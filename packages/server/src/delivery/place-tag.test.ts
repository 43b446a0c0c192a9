import { seeded } from '@parley/dev-env'
import { expect, test } from 'vitest'
import { newPlaceTag } from './place-tag.ts'

test.each([1, 2, 3, 4, 5])(
  'A8: no slip of one finger turns a tag into another of the same reader (seed %i)',
  (seed) => {
    const { next } = seeded(seed)
    const below = (most: number) => Math.floor(next() * most)
    const tags: string[] = []
    for (let n = 0; n < 120; n++) tags.push(newPlaceTag(tags, below))
    expect(new Set(tags).size).toBe(tags.length)
    for (const tag of tags) {
      expect(tag).toMatch(/^[A-HJKMNP-Z][2-9]([A-HJKMNP-Z]([2-9])?)?$/)
      for (const other of tags) {
        if (other === tag) continue
        const slips = [...tag].filter((character, at) => character !== other[at]).length
        expect(other.length === tag.length && slips < 2, `${tag} and ${other}`).toBe(false)
        expect(other.startsWith(tag), `${tag} and ${other}`).toBe(false)
      }
    }
    expect(tags.slice(0, 3).every(({ length }) => length === 2)).toBe(true)
  },
)
