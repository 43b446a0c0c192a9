import { randomInt } from 'node:crypto'

// Nothing that is read or heard as something else (I, L, O, 0, 1), and a letter and a digit in turn: no word is a tag, and no number.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ'
const digits = '23456789'

/**
 * A short word that tells places on one number apart: two to four characters. It differs from every one that is taken in two places at
 * least, and neither begins with the other, so that one slip of a finger never makes it somebody else's.
 */
export function newPlaceTag(taken: readonly string[], random: (below: number) => number = randomInt): string {
  for (const length of [2, 3, 4]) {
    for (let tries = 0; tries < 60; tries++) {
      const tag = Array.from({ length }, (_, at) => pick(at % 2 === 0 ? letters : digits, random)).join('')
      if (taken.every((other) => areApart(tag, other))) return tag
    }
  }
  throw new Error('one reader has more places on one number than there are tags')
}

const pick = (of: string, random: (below: number) => number) => of.charAt(random(of.length))

function areApart(one: string, other: string): boolean {
  if (one.startsWith(other) || other.startsWith(one)) return false
  if (one.length !== other.length) return true
  return [...one].filter((character, at) => character !== other[at]).length >= 2
}
