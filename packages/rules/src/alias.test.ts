import { expect, test } from 'vitest'
import { ALIAS_COLOURS, type Alias, type AliasStyle, chooseAlias, numberVisitor } from './alias.ts'

const agents: AliasStyle = { kind: 'numbered', word: 'Agent' }
const words: AliasStyle = { kind: 'words' }
const own = (alias: string | null): AliasStyle => ({ kind: 'own', alias, word: 'Agent' })

function join(style: AliasStyle, howMany: number): Alias[] {
  const taken: Alias[] = []
  for (let i = 0; i < howMany; i++) taken.push(chooseAlias(`participant-${i}`, style, taken))
  return taken
}

test('A14: numbered responders count from one', () => {
  expect(join(agents, 3).map(({ name }) => name)).toEqual(['Agent 1', 'Agent 2', 'Agent 3'])
})

test.each<[string, AliasStyle]>([
  ['numbered', agents],
  ['words', words],
  ['chosen', own('Kim')],
])('A14: forty responders in one window all have different names (%s)', (_, style) => {
  const names = join(style, 40).map(({ name }) => name.toLowerCase())
  expect(new Set(names).size).toBe(40)
})

test('A14: ten responders in one window all have different colours, and the eleventh still gets one', () => {
  const colours = join(words, 11).map(({ colour }) => colour.name)
  expect(new Set(colours.slice(0, 10)).size).toBe(10)
  expect(ALIAS_COLOURS.map(({ name }) => name)).toContain(colours[10])
})

test('A14: the same participant gets the same alias and colour again', () => {
  expect(chooseAlias('participant-7', words, [])).toEqual(chooseAlias('participant-7', words, []))
})

test('A14: an alias that two chose is told apart by a number', () => {
  expect(join(own('Kim'), 3).map(({ name }) => name)).toEqual(['Kim', 'Kim 2', 'Kim 3'])
})

test.each([null, '', '  ', 'kim@example.com', '+44 20 7946 0958', 'www.facebook.com/kim'])(
  'A14, A20: %j is no alias that identifies nobody, so the site’s word is used',
  (alias) => {
    expect(chooseAlias('p', own(alias), []).name).toBe('Agent 1')
  },
)

test('A14: an alias cannot break the line that it stands in', () => {
  expect(chooseAlias('p', own('Kim\r\nBcc: x\u202E'), []).name).toBe('Kim Bcc: x')
})

test.each(ALIAS_COLOURS)('A14: $name can be read on white and on a dark window', ({ onLight, onDark }) => {
  expect(contrast(onLight, '#ffffff')).toBeGreaterThanOrEqual(4.5)
  expect(contrast(onDark, '#1f2937')).toBeGreaterThanOrEqual(4.5)
})

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('A14 a visitor without a name is told from others by a number and a colour that stay the same, and say nothing about them', () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => `0199ab${at.toString(16).padStart(6, '0')}`)
  const all = ids.map(numberVisitor)
  expect(ids.map(numberVisitor)).toEqual(all)
  expect(all.every(({ number, colour }) => number >= 1_000 && number <= 9_999 && colour >= 0 && colour < 8)).toBe(true)
  // Of a hundred conversations in a list hardly any two share both.
  const marks = all.slice(0, 100).map(({ number, colour }) => `${number} ${colour}`)
  expect(new Set(marks).size).toBeGreaterThanOrEqual(99)
  // Neighbours in time are no neighbours in number.
  const steps = all.slice(1).map(({ number }, at) => Math.abs(number - (all[at]?.number ?? 0)))
  expect(steps.filter((step) => step <= 10).length).toBeLessThan(100)
})
