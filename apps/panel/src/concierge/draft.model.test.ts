import type { ScriptProblem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { script } from '../../test/scripts.fixture.ts'
import { byStep, isChanged, languagesOf, missingIn, refusing, withoutLanguage } from './draft.model.ts'

describe('B4 the texts of a script', () => {
  it('are in every language that one of them has, the first language first', () => {
    expect(languagesOf(script)).toEqual(['en', 'de'])
    expect(languagesOf({ ...script, rules: [{ when: [], text: { ja: 'はい' }, to: {} }] })).toEqual(['en', 'de', 'ja'])
  })

  it('are counted where a language is missing', () => {
    expect(missingIn(script.steps.topic, 'de')).toBe(1)
    expect(missingIn(script.steps.mail, 'de')).toBe(2)
    expect(missingIn(script.steps.topic, 'en')).toBe(0)
  })

  it('lose a language everywhere, and nothing else', () => {
    const without = withoutLanguage(script, 'de')
    expect(languagesOf(without)).toEqual(['en'])
    expect(Object.keys(without.steps)).toEqual(Object.keys(script.steps))
    expect(languagesOf(script)).toEqual(['en', 'de'])
  })
})

describe('B4 a draft', () => {
  it('is changed when something in it is, and not when it is as it was', () => {
    const draft = { name: 'a', chosenBy: {}, script }
    expect(isChanged({ ...draft, script: structuredClone(script) }, draft)).toBe(false)
    expect(isChanged({ ...draft, name: 'b' }, draft)).toBe(true)
  })

  it('shows what is wrong at the step it names; remarks keep nothing from being saved', () => {
    const problems: ScriptProblem[] = [
      { level: 'refused', because: 'dead-end', step: 'old', path: 'next' },
      { level: 'warning', because: 'unreachable', step: 'mail' },
      { level: 'refused', because: 'no-start' },
    ]
    expect([...byStep(problems)].map(([step, found]) => `${step}: ${found.map((one) => one.because)}`)).toEqual([
      'old: dead-end',
      'mail: unreachable',
      ': no-start',
    ])
    expect(refusing(problems)).toHaveLength(2)
  })
})
