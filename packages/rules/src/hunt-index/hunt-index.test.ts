import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HelpRequest, judge, type Wanting } from '../criteria/index.ts'
import { anyMoment, anyRequest, anyWanting } from './any-world.fixture.ts'
import { HuntIndex } from './hunt-index.ts'

const plainly = (all: Iterable<Wanting>, request: HelpRequest, now: Date): string[] =>
  [...all].filter((wanting) => judge(wanting, request, now).matches).map(({ person }) => person)

const indexOf = (all: Iterable<Wanting>): HuntIndex => {
  const index = new HuntIndex()
  for (const wanting of all) index.put(wanting)
  return index
}

const people = Array.from({ length: 20 }, (_, n) => `p${n}`)
const anyWorld = fc.tuple(...people.map((person) => anyWanting(fc.constant(person))))
const anyQuestion = fc.tuple(anyRequest(people), anyMoment)

test('A6 the index finds exactly those whom judging each would find: 100,000 random pairs of a request and criteria', () => {
  const seen = { pairs: 0, matching: 0 }
  fc.assert(
    fc.property(anyWorld, fc.array(anyQuestion, { minLength: 10, maxLength: 10 }), (world, questions) => {
      const index = indexOf(world)
      for (const [request, now] of questions) {
        const expected = plainly(world, request, now)
        const found = index.match(request, now)
        expect([...found]).toEqual(expected)
        expect(found.count).toBe(expected.length)
        seen.pairs += world.length
        seen.matching += expected.length
      }
    }),
    { seed: 20261122, numRuns: 500 },
  )
  expect(seen.pairs).toBeGreaterThanOrEqual(100_000)
  // Neither everybody nor nobody: both sides of every rule were tried.
  expect(seen.matching / seen.pairs).toBeGreaterThan(0.05)
  expect(seen.matching / seen.pairs).toBeLessThan(0.5)
}, 240_000)

test('A6 it stays exact while people come, change their minds and go, and while time goes on and back', () => {
  const anyStep = fc.oneof(
    { weight: 6, arbitrary: anyWanting(fc.constantFrom(...people)).map((put) => ({ put })) },
    { weight: 2, arbitrary: fc.constantFrom(...people).map((remove) => ({ remove })) },
    { weight: 2, arbitrary: anyQuestion.map((ask) => ({ ask })) },
  )
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 700, maxLength: 900, size: 'max' }), (steps) => {
      const index = new HuntIndex()
      const world = new Map<string, Wanting>()
      for (const step of steps) {
        if ('put' in step) {
          world.delete(step.put.person)
          world.set(step.put.person, step.put)
          index.put(step.put)
        } else if ('remove' in step) {
          world.delete(step.remove)
          index.remove(step.remove)
        } else {
          const [request, now] = step.ask
          expect([...index.match(request, now)]).toEqual(plainly(world.values(), request, now))
          expect(index.size).toBe(world.size)
        }
      }
    }),
    { seed: 20261123, numRuns: 12 },
  )
}, 240_000)

test('A6 among thousands, of whom a quarter change their minds, it finds the same', () => {
  const many = Array.from({ length: 2_000 }, (_, n) => `p${n}`)
  const wantings = fc.sample(anyWanting(fc.constant('')), { seed: 20261126, numRuns: many.length })
  const world = new Map(many.map((person, n): [string, Wanting] => [person, { ...wantings[n], person } as Wanting]))
  const index = indexOf(world.values())
  const questions = fc.sample(anyQuestion, { seed: 20261127, numRuns: 25 })
  for (const [turn, [request, now]] of questions.entries()) {
    for (let n = turn; n < many.length; n += 40) {
      const changed = { ...wantings[(n * 7) % many.length], person: `p${n}` } as Wanting
      world.delete(changed.person)
      world.set(changed.person, changed)
      index.put(changed)
    }
    expect([...index.match(request, now)]).toEqual(plainly(world.values(), request, now))
  }
}, 120_000)

const knowsNothing: HelpRequest = { facts: {}, text: null }
const wanting = (person: string, criteria: Wanting['criteria'] = {}): Wanting => ({ person, teams: [], criteria })
const noon = new Date('2026-06-01T12:00Z')

test('A6 a request of which nothing is known finds all who may be asked at this hour', () => {
  const asleep = { timeZone: 'Europe/Berlin', week: [{ day: 1, from: 0, to: 60 }] }
  const index = indexOf([
    wanting('bo', { all: [{ about: 'topic', oneOf: ['roofs'] }] }),
    wanting('cleo', { hours: asleep }),
    wanting('dan', { away: [{ from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' }] }),
    wanting('eve'),
  ])
  expect([...index.match(knowsNothing, noon)]).toEqual(['bo', 'eve'])
})

test('A6 a random sample holds as many as were wanted, nobody twice, and everybody equally often', () => {
  const index = indexOf(Array.from({ length: 100 }, (_, n) => wanting(`p${n}`)))
  for (let n = 0; n < 100; n += 2) index.remove(`p${n}`)
  const found = index.match(knowsNothing, noon)
  const times = new Map<string, number>()
  let state = 1
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  for (let round = 0; round < 10_000; round += 1) {
    const sample = found.sample(5, random)
    expect(new Set(sample).size).toBe(5)
    for (const person of sample) times.set(person, (times.get(person) ?? 0) + 1)
  }
  expect(times.size).toBe(50)
  // Expected 1,000 each with a deviation of 30: five of them on either side.
  for (const count of times.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  expect(found.sample(0, random)).toEqual([])
  expect(found.sample(50, random)).toHaveLength(50)
  expect(found.sample(1_000, random)).toHaveLength(50)
})

test('A6 what was found stays as it was found, whatever becomes of the index', () => {
  const all = Array.from({ length: 2_000 }, (_, n) => wanting(`p${n}`))
  const index = indexOf(all)
  const found = index.match(knowsNothing, noon)
  for (const { person } of all) index.remove(person)
  for (let n = 0; n < 500; n += 1) index.put(wanting(`q${n}`))
  expect([...found]).toEqual(all.map(({ person }) => person))
  expect(index.match(knowsNothing, noon).count).toBe(500)
})

test('A6 a text of 10,000 words is compared with 10,000 phrases, wildcards and lists of 500 words, exactly', () => {
  const words = Array.from({ length: 10_000 }, (_, n) => `w${(n * 7_919) % 4_000}`)
  const request: HelpRequest = { facts: { url: [`https://shop.example/${'a'.repeat(1_900)}`] }, text: words.join(' ') }
  const all = Array.from({ length: 2_000 }, (_, n): Wanting => {
    const start = (n * 13) % 9_990
    return wanting(`p${n}`, {
      any: [
        { about: 'words', oneOf: [words.slice(start, start + 1 + (n % 8)).join(' '), `w${n} w${n}`, `w${n}x*`] },
        { about: 'words', oneOf: Array.from({ length: n % 100 === 0 ? 500 : 2 }, (_, k) => `v${n} ${k}*`) },
      ],
      none: [{ about: 'url', oneOf: [`*${'a*'.repeat(n % 40)}b${n % 3 === 0 ? '*' : 'a'}`] }],
    })
  })
  expect([...indexOf(all).match(request, noon)]).toEqual(plainly(all, request, noon))
}, 120_000)
