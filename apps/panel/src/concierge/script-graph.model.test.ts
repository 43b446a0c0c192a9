import { describe, expect, it } from 'vitest'
import { script } from '../../test/scripts.fixture.ts'
import { speak } from '../words/words.model.ts'
import { layOut } from './lay-out.model.ts'
import { inUnits, type Speaking, sayProblem, titleOf } from './say-script.model.ts'
import { removeStep } from './script-edit.model.ts'
import { boxTowards, graphOf, pathOf, type Towards } from './script-graph.model.ts'
import { words } from './words/en.ts'

const speaking: Speaking = {
  say: speak(words),
  language: 'en',
  shown: 'en',
  first: 'en',
  names: { topics: new Map([['t', 'Repairs']]), people: new Map([['p', 'Bo']]), teams: new Map() },
}
const graph = graphOf(script, speaking)
const laid = layOut(script.start, graph.boxes, graph.ways)

describe('B4 the diagram of a script', () => {
  it('says on every arrow when it is taken', () => {
    expect(graph.ways.filter((way) => way.step === 'topic').map((way) => `${way.words} → ${way.to}`)).toEqual([
      'An order → number',
      'A repair → hurry',
      'Something else → hand-over-1',
    ])
    expect(graph.ways.find((way) => way.to === 'old')?.words).toBe('order ≤ 4999')
  })

  it('draws ways from one step to the same other as one arrow', () => {
    const ways = graph.ways.filter((way) => way.step === 'hurry' && way.to === 'hand-over-1')
    expect(ways.map(({ words, ats }) => [words, ats])).toEqual([['No · Without an answer', ['no', 'next']]])
  })

  it('draws where a way leads nowhere', () => {
    const open = graphOf(removeStep(script, 'hand-over-1').script, speaking)
    expect([...open.nowhere.values()]).toContainEqual({ step: 'wait-1', at: 'next' })
    expect(open.boxes).toHaveLength(Object.keys(script.steps).length - 1 + open.nowhere.size)
  })

  it.each<[string, Towards, string]>([
    ['topic', 'down', 'hurry'],
    ['number', 'right', 'hurry'],
    ['hurry', 'left', 'number'],
    ['number', 'down', 'is-old'],
    ['is-old', 'up', 'number'],
    ['topic', 'up', 'topic'],
    ['number', 'left', 'number'],
    ['old', 'first', 'topic'],
    ['topic', 'last', 'hand-over-1'],
    ['hand-over-1', 'down', 'hand-over-1'],
  ])('leads by arrow keys from %s %s to %s', (from, towards, expected) => {
    expect(boxTowards(laid, graph.ways, from, towards)).toBe(expected)
  })

  it('draws every arrow from box to box', () => {
    for (const way of graph.ways) {
      const arrow = laid.arrows.get(way.id)
      expect(arrow && pathOf(arrow)).toMatch(/^M [\d.-]+ [\d.-]+( [LC] ?[\d. -]+)+$/)
    }
  })

  it('tells a step by its words, in the language that is shown or else the first', () => {
    const hurry = script.steps.hurry
    const mail = script.steps.mail
    if (!hurry || !mail) throw new Error('no steps')
    expect(titleOf(hurry, { ...speaking, shown: 'de' })).toBe('Brauchen Sie das Rad in zwei Tagen?')
    expect(titleOf(mail, { ...speaking, shown: 'de' })).toBe('Where can the workshop write to you?')
    expect(titleOf({ kind: 'wait', ms: 120_000, next: '' }, speaking)).toBe('Waits 2 minutes')
    expect(titleOf({ kind: 'hand-over', to: { people: ['p'] } }, speaking)).toBe('Bo')
    expect(titleOf({ kind: 'hand-over', to: { facts: { topic: ['t'] } } }, speaking)).toBe('Topic: Repairs')
    expect(titleOf({ kind: 'hand-over', to: {} }, speaking)).toBe('The next responder who fits')
  })

  it.each([
    [500, '1 seconds'],
    [90_000, '90 seconds'],
    [120_000, '2 minutes'],
    [7_200_000, '2 hours'],
    [86_400_000, '1 days'],
  ])('shows %d ms as %s', (ms, expected) => {
    const { count, unit } = inUnits(ms)
    expect(`${count} ${unit}`).toBe(expected)
  })

  it('says what is wrong with what it is about, a language by its name', () => {
    expect(sayProblem({ level: 'refused', because: 'text-missing', what: 'de' }, speaking.say)).toBe(
      'A text in Deutsch is missing.',
    )
    expect(sayProblem({ level: 'refused', because: 'unknown-step', what: 'x' }, speaking.say)).toContain('“x”')
  })
})
