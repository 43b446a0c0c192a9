import { expect, test } from 'vitest'
import { chooseScript, type ScriptChoosing } from './choose-script.ts'

const known = {
  facts: { topic: ['pumps'], site: ['shop'], url: ['https://shop.example/garden/pumps?page=2'] },
  link: 'flyer',
}
const choose = (...choosing: ScriptChoosing[]) => {
  const chosen = chooseScript(
    choosing.map((chosenBy, index) => ({ chosenBy, index })),
    known,
  )
  return chosen && { index: chosen.script.index, because: chosen.because }
}

test.each<[string, ScriptChoosing, string[] | null]>([
  ['its topic', { topics: ['hoses', 'pumps'] }, ['topics']],
  ['another topic', { topics: ['hoses'] }, null],
  ['its site', { sites: ['shop'] }, ['sites']],
  ['another site', { sites: ['garden'] }, null],
  ['a pattern of its address', { urls: ['https://shop.example/garden/*'] }, ['urls']],
  ['a pattern of another address', { urls: ['https://shop.example/kitchen/*'] }, null],
  ['its link', { links: ['flyer'] }, ['links']],
  ['another link', { links: ['poster'] }, null],
  ['its topic and its site', { topics: ['pumps'], sites: ['shop'] }, ['topics', 'sites']],
  ['its topic and another site', { topics: ['pumps'], sites: ['garden'] }, null],
  ['nothing in particular', { topics: [] }, []],
])('B1 a script is chosen by %s', (_, choosing, because) => {
  expect(choose(choosing)?.because ?? null).toEqual(because)
})

test('B1 the first that fits is taken', () => {
  expect(choose({ topics: ['hoses'] }, { topics: ['pumps'] }, {})?.index).toBe(1)
})
