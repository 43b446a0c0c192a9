import type { Script } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { script } from '../../test/scripts.fixture.ts'
import { exitsOf, waysTo } from './exits.model.ts'
import {
  addAfter,
  changeKind,
  connect,
  firstScript,
  nameFault,
  removeStep,
  renameStep,
  replaceStep,
  stepKinds,
  variablesOf,
} from './script-edit.model.ts'

const ways = (one: Script, id: string) =>
  one.steps[id] ? exitsOf(one.steps[id]).map(({ at, to, label }) => `${at} ${to} ${label?.kind ?? ''}`.trim()) : []

describe('B4 the ways on from a step', () => {
  it.each([
    ['topic', ['choice.0 number choices', 'choice.1 hurry choices', 'next hand-over-1 choices']],
    ['number', ['next is-old answered', 'otherwise hand-over-1 unanswered']],
    ['is-old', ['case.0 old tests', 'otherwise hand-over-1 otherwise']],
    ['old', ['next hand-over-1']],
    ['hurry', ['yes mail yes', 'no hand-over-1 no', 'next hand-over-1 unanswered']],
    ['hand-over-1', []],
  ])('of %s are told apart by what leads to them', (id, expected) => {
    expect(ways(script, id)).toEqual(expected)
  })

  it('are none that can never be taken', () => {
    const hurry = script.steps.hurry
    if (hurry?.kind !== 'ask') throw new Error('no question')
    const exits = exitsOf({ ...hurry, otherwise: 'mail' })
    expect(exits.map(({ at }) => at)).toEqual(['yes', 'no', 'otherwise'])
  })
})

describe('B4 a script is edited', () => {
  it('by adding a step on a branch, which goes on where the branch led', () => {
    const { script: after, step } = addAfter(script, { step: 'topic', at: 'choice.1' }, 'say')
    expect(ways(after, 'topic')[1]).toBe(`choice.1 ${step} choices`)
    expect(ways(after, step)).toEqual(['next hurry'])
  })

  it('by giving an answer a way of its own', () => {
    const { script: after, step } = addAfter(script, { step: 'topic', at: 'choice.2' }, 'ask')
    expect(ways(after, 'topic')[2]).toBe(`choice.2 ${step} choices`)
    expect(ways(after, step)).toEqual(['next hand-over-1'])
  })

  it('by putting a step at the beginning', () => {
    const { script: after, step } = addAfter(script, null, 'say')
    expect(after.start).toBe(step)
    expect(ways(after, step)).toEqual(['next topic'])
  })

  it('by taking a step out, and what led to it leads on', () => {
    const { script: after, step } = removeStep(script, 'old')
    expect(step).toBe('is-old')
    expect(ways(after, 'is-old')).toEqual(['case.0 hand-over-1 tests', 'otherwise hand-over-1 otherwise'])
    expect(after.steps.old).toBeUndefined()
  })

  it('by taking out the last step, after which all that led to it leads nowhere', () => {
    const { script: after } = removeStep(script, 'hand-over-1')
    expect(ways(after, 'old')).toEqual(['next'])
    expect(waysTo(after, 'hand-over-1')).toEqual([])
  })

  it('by taking out the first step', () => {
    expect(removeStep(script, 'topic').script.start).toBe('number')
  })

  it('by connecting one way with another step', () => {
    const after = connect(script, { step: 'hurry', at: 'no' }, 'topic')
    expect(ways(after, 'hurry')).toEqual(['yes mail yes', 'no topic no', 'next hand-over-1 unanswered'])
  })

  it.each(stepKinds)('by making a step a %s, which keeps its words where there are some', (kind) => {
    const after = changeKind(script, 'old', kind).steps.old
    expect(after?.kind).toBe(kind)
    if (after && 'text' in after)
      expect(after.text).toEqual(script.steps.old && 'text' in script.steps.old && script.steps.old.text)
    if (kind === 'ask' || kind === 'wait')
      expect(ways({ ...script, steps: { old: { ...after } as never } }, 'old')).toEqual(['next hand-over-1'])
  })

  it('by renaming a step, wherever it is named', () => {
    const asked: Script = {
      ...script,
      rules: [{ when: [{ test: 'is', of: 'hurry', value: 'yes' }], text: { en: 'So {hurry}.' }, to: {} }],
    }
    const { script: after, step } = renameStep(asked, 'hurry', 'soon')
    expect(step).toBe('soon')
    expect(ways(after, 'topic')[1]).toBe('choice.1 soon choices')
    expect(after.rules).toEqual([
      { when: [{ test: 'is', of: 'soon', value: 'yes' }], text: { en: 'So {soon}.' }, to: {} },
    ])
    expect(variablesOf(after)).toEqual(['topic', 'order', 'soon', 'mail'])
    expect(Object.keys(after.steps)).toHaveLength(Object.keys(script.steps).length)
  })

  it('but not by a name that is taken or has other letters', () => {
    expect(nameFault(script, 'old', 'mail')).toBe('taken')
    expect(nameFault(script, 'old', 'Old one')).toBe('letters')
    expect(nameFault(script, 'old', 'old')).toBeNull()
    expect(renameStep(script, 'old', 'mail').script).toBe(script)
  })

  it('so that no fault hides in a way that is not drawn', () => {
    const hurry = script.steps.hurry
    if (hurry?.kind !== 'ask') throw new Error('no question')
    const after = replaceStep(script, 'hurry', { ...hurry, next: '', otherwise: 'mail' }).steps.hurry
    expect(after).toMatchObject({ next: 'mail', otherwise: 'mail' })
  })

  it('from the shortest one, which needs nothing but a text', () => {
    expect(ways(firstScript('de'), 'question-1')).toEqual(['next hand-over-1'])
  })
})
