import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  keepsNumbers,
  mayRead,
  maySee,
  nearest,
  numberInView,
  positionOf,
  positionsAfter,
  type Range,
  type Span,
  viewLength,
  viewNumber,
} from './point-of-view.ts'

const LAST = 40
const INTERACTIONS = ['asked-ana', 'asked-bo', 'whisper']

const anySpan: fc.Arbitrary<Span> = fc.record({
  interaction: fc.constantFrom(...INTERACTIONS),
  from: fc.integer({ min: -2, max: LAST + 3 }),
  to: fc.option(fc.integer({ min: -2, max: LAST + 3 })),
  basis: fc.constantFrom('member', 'grant', 'observer', 'rule'),
})
const anySpans = fc.array(anySpan, { maxLength: 9 })
const check = (property: fc.IProperty<[Span[]]>) => fc.assert(property, { seed: 20261122, numRuns: 3000 })

/** The naive model: every position, one by one. */
function visible(spans: readonly Span[], interaction: string, last = LAST): number[] {
  const positions: number[] = []
  for (let p = 1; p <= last; p++) {
    if (spans.some((s) => s.interaction === interaction && s.from <= p && (s.to === null || p <= s.to)))
      positions.push(p)
  }
  return positions
}

const expand = (ranges: readonly Range[]) =>
  ranges.flatMap(({ from, to }) => {
    const positions: number[] = []
    for (let p = from; p <= Math.min(to ?? LAST, LAST); p++) positions.push(p)
    return positions
  })

const member = (from: number, to: number | null = null): Span => ({ interaction: 'i', from, to, basis: 'member' })

describe('C2: point of view is exactly the union of the spans', () => {
  test('C2: on random histories, what may be read is what some span covers, and nothing of another interaction', () => {
    check(
      fc.property(anySpans, (spans) => {
        for (const interaction of INTERACTIONS) {
          expect(expand(mayRead(spans, interaction))).toEqual(visible(spans, interaction))
        }
      }),
    )
  })

  test('C2: the question about one position never disagrees with the ranges', () => {
    check(
      fc.property(anySpans, (spans) => {
        const seen = new Set(expand(mayRead(spans, 'whisper')))
        for (let p = -1; p <= LAST; p++) expect(maySee(spans, 'whisper', p)).toBe(seen.has(p))
      }),
    )
  })

  test('C2: the number of a position is the same whether it is asked for through the ranges or at once', () => {
    check(
      fc.property(anySpans, (spans) => {
        for (let p = -1; p <= LAST + 5; p++) {
          expect(numberInView(spans, 'whisper', p)).toBe(viewNumber(mayRead(spans, 'whisper'), p))
        }
      }),
    )
  })

  test('C2: ranges come sorted, apart from each other and without empty ones', () => {
    check(
      fc.property(anySpans, (spans) => {
        const ranges = mayRead(spans, 'asked-bo')
        ranges.forEach((range, i) => {
          expect(range.from).toBeGreaterThanOrEqual(1)
          expect(range.from).toBeLessThanOrEqual(range.to ?? Number.POSITIVE_INFINITY)
          const next = ranges[i + 1]
          if (next) expect(next.from).toBeGreaterThan((range.to ?? Number.POSITIVE_INFINITY) + 1)
        })
      }),
    )
  })

  test.each<[string, Span[], Range[]]>([
    ['nobody without a span reads anything', [], []],
    ['a member from the start reads on', [member(1)], [{ from: 1, to: null }]],
    ['who left reads what was theirs', [member(3, 7)], [{ from: 3, to: 7 }]],
    [
      'who left and came back misses what was between',
      [member(1, 3), member(6)],
      [
        { from: 1, to: 3 },
        { from: 6, to: null },
      ],
    ],
    ['who left and came back at once misses nothing', [member(1, 3), member(4)], [{ from: 1, to: null }]],
    [
      'a grant inside an own span adds nothing',
      [member(1, 9), { ...member(2, 4), basis: 'grant' }],
      [{ from: 1, to: 9 }],
    ],
    ['an open span swallows what comes after', [member(2), member(5, 6), member(9)], [{ from: 2, to: null }]],
    ['who left before anything was said reads nothing', [member(1, 0)], []],
    ['a span of another interaction gives nothing here', [{ ...member(1), interaction: 'other' }], []],
    ['a span that is not a number gives nothing', [member(Number.NaN), member(1, Number.NaN)], []],
  ])('C2: %s', (_, spans, ranges) => {
    expect(mayRead(spans, 'i')).toEqual(ranges)
  })

  test('C2: a position that is not a number is hidden', () => {
    expect(maySee([member(1)], 'i', Number.NaN)).toBe(false)
    expect(viewNumber([{ from: 1, to: null }], Number.NaN)).toBeNull()
  })
})

describe('C2: the numbers that a viewer sees give nothing away', () => {
  test('C2: they run 1, 2, 3 … in the order of the interaction, whatever is hidden between', () => {
    check(
      fc.property(anySpans, (spans) => {
        const ranges = mayRead(spans, 'asked-ana')
        const numbers = visible(spans, 'asked-ana').map((p) => viewNumber(ranges, p))
        expect(numbers).toEqual(numbers.map((_, i) => i + 1))
      }),
    )
  })

  test('C2: no hidden position has a number', () => {
    check(
      fc.property(anySpans, (spans) => {
        const ranges = mayRead(spans, 'asked-ana')
        const seen = new Set(visible(spans, 'asked-ana'))
        for (let p = -1; p <= LAST; p++) if (!seen.has(p)) expect(viewNumber(ranges, p)).toBeNull()
      }),
    )
  })

  test('C2: a number leads back to its position, and a number nobody gave leads nowhere', () => {
    check(
      fc.property(anySpans, (spans) => {
        const ranges = mayRead(spans, 'asked-ana')
        for (const p of visible(spans, 'asked-ana')) expect(positionOf(ranges, viewNumber(ranges, p) ?? 0)).toBe(p)
        expect(positionOf(ranges, 0)).toBeNull()
        expect(positionOf(ranges, Number.NaN)).toBeNull()
        const isOpen = ranges.some((r) => r.to === null)
        if (!isOpen) expect(positionOf(ranges, viewLength(ranges, 1e9) + 1)).toBeNull()
      }),
    )
  })

  test('C2: the length of a view is the count of what may be read, so far', () => {
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 0, max: LAST }), (spans, last) => {
        expect(viewLength(mayRead(spans, 'whisper'), last)).toBe(visible(spans, 'whisper', last).length)
      }),
      { seed: 20261122, numRuns: 3000 },
    )
  })

  test('A3, C2: reading on after any number gives the rest, nothing twice and nothing missed', () => {
    fc.assert(
      fc.property(anySpans, fc.integer({ min: -1, max: LAST + 5 }), (spans, cursor) => {
        const rest = expand(positionsAfter(mayRead(spans, 'whisper'), cursor))
        expect(rest).toEqual(visible(spans, 'whisper').slice(Math.max(0, cursor)))
      }),
      { seed: 20261122, numRuns: 3000 },
    )
  })

  test('A3, C2: a right to what is still to come changes no number that was given', () => {
    fc.assert(
      fc.property(anySpans, anySpans, fc.integer({ min: 0, max: LAST }), (spans, more, last) => {
        const before = mayRead(spans, 'whisper')
        const later = more.map((s) => ({ ...s, from: last + 1 + Math.abs(s.from), to: null }))
        const after = mayRead([...spans, ...later], 'whisper')
        for (const p of visible(spans, 'whisper', last)) expect(viewNumber(after, p)).toBe(viewNumber(before, p))
        expect(keepsNumbers(before, after, last)).toBe(true)
      }),
      { seed: 20261122, numRuns: 3000 },
    )
  })

  test('A3, C2: a change keeps the numbers exactly when every one that was given still means the same position', () => {
    fc.assert(
      fc.property(anySpans, anySpans, fc.integer({ min: 0, max: LAST }), (one, other, last) => {
        const before = mayRead(one, 'whisper')
        const after = mayRead(other, 'whisper')
        const same = visible(one, 'whisper', last).every((p) => viewNumber(after, p) === viewNumber(before, p))
        expect(keepsNumbers(before, after, last)).toBe(same)
      }),
      { seed: 20261122, numRuns: 5000 },
    )
  })

  test('C2: history granted afterwards moves the numbers, and says so', () => {
    expect(keepsNumbers([{ from: 5, to: null }], [{ from: 1, to: null }], 9)).toBe(false)
    expect(keepsNumbers([{ from: 5, to: null }], [{ from: 5, to: 9 }], 9)).toBe(true)
  })
})

test('a page comes from the nearest ranges as it would from all of them', () => {
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 1, max: 12 }), fc.constantFrom('first', 'last'), (spans, count, from) => {
      const ranges = mayRead(spans, 'whisper').flatMap(({ from: first, to }): Range[] =>
        first > LAST ? [] : [{ from: first, to: to === null ? null : Math.min(to, LAST) }],
      )
      const positionsOf = (some: readonly Range[]) =>
        some.flatMap(({ from: first, to }) =>
          Array.from({ length: Math.max(0, (to ?? LAST) - first + 1) }, (_, n) => first + n),
        )
      const page = (some: readonly Range[]) =>
        from === 'first' ? positionsOf(some).slice(0, count) : positionsOf(some).slice(-count)
      const near = nearest(ranges, count, from as 'first' | 'last')
      expect(page(near)).toEqual(page(ranges))
      // Not more than are needed: without the one furthest off it would not be certain.
      const without = from === 'first' ? near.slice(0, -1) : near.slice(1)
      expect(positionsOf(without.filter(({ to }) => to !== null)).length).toBeLessThan(count)
    }),
    { seed: 20261122, numRuns: 3000 },
  )
})
