import { describe, expect, it } from 'vitest'
import { funnel, script } from '../../test/scripts.fixture.ts'
import { funnelRows } from './funnel.model.ts'

describe('B4 the drop-off picture', () => {
  const rows = funnelRows(script, funnel)
  const row = (step: string) => rows.find((one) => one.step === step)

  it('has a bar for every step, in the order in which the script is read', () => {
    expect(rows.map((one) => one.step)).toEqual([
      'topic',
      'number',
      'is-old',
      'old',
      'hurry',
      'mail',
      'wait-1',
      'hand-over-1',
    ])
  })

  it('shows who went on, who was handed over or answered by a person, and who left', () => {
    expect(row('topic')?.parts.map(({ part, count }) => `${part} ${count}`)).toEqual([
      'onwards 351',
      'handedOver 3',
      'silenced 20',
      'left 38',
    ])
    expect(row('mail')?.leftShare).toBeCloseTo(25 / 61)
  })

  it('measures every bar by all conversations, and the parts of a bar are the bar', () => {
    for (const { parts, reached } of rows) {
      expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(reached / funnel.runs)
    }
  })

  it('shows a step that nobody reached as empty, and no conversations at all', () => {
    const none = funnelRows(script, { ...funnel, runs: 0, steps: [] })
    expect(none.map((one) => one.reached)).toEqual(rows.map(() => 0))
    expect(none.every((one) => one.leftShare === 0 && one.parts.every(({ share }) => share === 0))).toBe(true)
  })
})
