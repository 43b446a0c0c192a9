import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { encodeGsm } from './gsm-text.ts'
import { type Alphabet, segmentText, unitsOf } from './segment-text.ts'

const oracle = new URL('../../../../../shared/data/sms/segments-oracle.json', import.meta.url)

type Oracle = {
  vectors: { message: string; description: string; parts: { content: string }[] }[]
  oracle: {
    message: string
    agree: boolean
    twilio: { enc: string; n: number }
    splitsms: { enc: string; n: number }
  }[]
}

describe.skipIf(!existsSync(oracle))(
  `segments as two independent calculators count them${existsSync(oracle) ? '' : ' (skipped: ../shared/data/sms is not here)'}`,
  () => {
    const { vectors, oracle: cases }: Oracle = existsSync(oracle)
      ? JSON.parse(readFileSync(oracle, 'utf8'))
      : { vectors: [], oracle: [] }
    // Two of them show what that library makes of a text where nothing but the GSM alphabet is allowed: blanks.
    const unchanged = vectors.filter(({ message, parts }) => parts.map(({ content }) => content).join('') === message)

    it('all but two of the collection are texts that arrive as they were', () => {
      expect([unchanged.length, vectors.length]).toEqual([19, 21])
    })

    test.each(unchanged)('$description', ({ message, parts }) => {
      expect(segmentText(message).segments).toEqual(
        parts.map(({ content }) => content).filter((content) => content !== ''),
      )
    })

    it('on which both agree, we do as well', () => {
      const agreed = cases.filter(({ agree }) => agree)
      expect(agreed.length).toBeGreaterThan(100)
      const wrong = agreed.filter(({ message, splitsms }) => {
        const { alphabet, segments } = segmentText(message)
        const isSame =
          alphabet === (splitsms.enc === 'GSM' ? 'gsm' : 'ucs2') && Math.max(1, segments.length) === splitsms.n
        return !isSame && message !== ''
      })
      expect(wrong).toEqual([])
    })
  },
)

describe('splitting', () => {
  const room: Record<Alphabet, { alone: number; part: number }> = {
    gsm: { alone: 160, part: 153 },
    ucs2: { alone: 70, part: 67 },
  }
  const pieces = ['a', 'ö', '€', '{', ' ', '\n', 'ж', '日本', '😀', '👨‍👩‍👧‍👦', '🇳🇴', 'é', 'किं', '\ud83d', '~|^']

  it('nothing is lost, no part is too long, and no pair is torn, whatever is written (random texts)', () => {
    let state = 20_261_122
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state % below
    }
    for (let round = 0; round < 2_000; round++) {
      const chosen = pieces.slice(0, 1 + next(pieces.length))
      const text = Array.from({ length: next(300) }, () => chosen[next(chosen.length)] ?? '').join('')
      const { alphabet, segments } = segmentText(text)
      expect(segments.join('')).toBe(text.toWellFormed())
      const most = segments.length > 1 ? room[alphabet].part : room[alphabet].alone
      for (const segment of segments) {
        expect(unitsOf(segment, alphabet)).toBeLessThanOrEqual(most)
        expect(segment.isWellFormed()).toBe(true)
        if (alphabet === 'gsm') expect(encodeGsm(segment).length).toBe(unitsOf(segment, alphabet))
      }
    }
  })

  it('what a reader sees as one sign stays in one part, where that costs nothing', () => {
    const text = `${'ж'.repeat(65)}👨‍👩‍👧‍👦${'ж'.repeat(20)}`
    expect(segmentText(text).segments).toEqual(['ж'.repeat(65), `👨‍👩‍👧‍👦${'ж'.repeat(20)}`])
  })

  it('a sign that is longer than a part is split between its characters', () => {
    const { segments } = segmentText(`e${'\u0301'.repeat(150)}`)
    expect(segments.map(({ length }) => length)).toEqual([67, 67, 17])
  })
})
