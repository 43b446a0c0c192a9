import type { Script } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { script } from '../../test/scripts.fixture.ts'
import { outlineOf } from './outline.model.ts'
import { connect, removeStep } from './script-edit.model.ts'

/** `  via>step`, `  via->jump`, `  via->?` for nowhere. */
const written = (one: Script) =>
  outlineOf(one).map(({ depth, via, is }) => {
    const what = is.kind === 'step' ? is.id : `-> ${is.kind === 'jump' ? is.to : '?'}`
    return `${'  '.repeat(depth)}${via ? `(${via.kind}) ` : ''}${what}`
  })

describe('B4 the script as a list', () => {
  it('shows branches indented, and where they meet again once, after all of them', () => {
    expect(written(script)).toEqual([
      'topic',
      '  (choices) number',
      '    (answered) is-old',
      '      (tests) old',
      '      -> hand-over-1',
      '      (otherwise) -> hand-over-1',
      '    (unanswered) -> hand-over-1',
      '  (choices) hurry',
      '    (yes) mail',
      '    wait-1',
      '    -> hand-over-1',
      '    (no) -> hand-over-1',
      '    (unanswered) -> hand-over-1',
      '  (choices) -> hand-over-1',
      'hand-over-1',
    ])
  })

  it('shows a way that leads nowhere, and one that leads back', () => {
    const open = connect(removeStep(script, 'hand-over-1').script, { step: 'old', at: 'next' }, 'topic')
    const lines = written(open)
    expect(lines).toContain('  (choices) -> ?')
    expect(lines).toContain('      -> topic')
    expect(lines.filter((line) => line.endsWith('topic'))).toHaveLength(2)
  })

  it('leaves no step out, also one that nothing leads to', () => {
    const lonely = connect(script, { step: 'topic', at: 'choice.1' }, 'number')
    const steps = outlineOf(lonely).flatMap(({ is }) => (is.kind === 'step' ? [is.id] : []))
    expect([...steps].sort()).toEqual(Object.keys(script.steps).sort())
  })
})
