import { describe, expect, test } from 'vitest'
import { findNumbers } from './find-numbers.ts'
import { compileNumberPattern } from './number-pattern.ts'

function found(text: string, ...sources: string[]): string[] {
  const patterns = sources.map((source) => {
    const compiled = compileNumberPattern(source)
    if (!compiled.ok) throw new Error(`${source}: ${compiled.refusal}`)
    return { name: 'order', pattern: compiled.pattern }
  })
  return findNumbers(text, patterns).map(({ value }) => value)
}

describe('numbers by an account’s own patterns', () => {
  test.each([
    ['ORD-#####', 'my order ORD-12345 is missing', ['ORD-12345']],
    ['ORD-#####', 'ord 12345', ['ORD-12345']],
    ['ORD-#####', 'ord12345, and Ord–67890.', ['ORD-12345', 'ORD-67890']],
    ['ORD-#####', 'ORD-123456', []],
    ['ORD-#####', 'WORD-12345', []],
    ['ORD-#####', 'ＯＲＤ－１２３４５', ['ORD-12345']],
    ['ORD-#####', 'رقم ORD-١٢٣٤٥', ['ORD-12345']],
    ['[A-Z]{2}-####', 'see ab-1234', ['AB-1234']],
    ['[A-Z]{2}-####', 'see abc-1234', []],
    ['##{2,5}', '12 123 123456 1234567', ['123', '123456']],
    ['####-####?#?', 'card 1234-567 and 1234-56789', ['1234-567', '1234-56789']],
    ['C\\#-###', 'C#-123', ['C#-123']],
    ['A?###', 'A123 or 456', ['A123', '456']],
    ['[0-9A-F]{8}', 'DEADBEEF', ['DEADBEEF']],
  ])('D3: %s in "%s"', (source, text, expected) => {
    expect(found(text, source)).toEqual(expected)
  })

  test('D3: a found number says where it stands in what was written', () => {
    const compiled = compileNumberPattern('ORD-#####')
    if (!compiled.ok) throw new Error()
    const text = 'Wo ist ORD–１２３４５?'
    const [number] = findNumbers(text, [{ name: 'order', pattern: compiled.pattern }])
    expect(number && text.slice(number.from, number.to)).toBe('ORD–１２３４５')
  })

  test.each([
    ['(a+)+#', 'no-groups', 0],
    ['#*', 'unbounded', 1],
    ['#+', 'unbounded', 1],
    ['#{2,}', 'unbounded', 1],
    ['a|##', 'no-groups', 1],
    ['^###$', 'no-groups', 0],
    ['[A-', 'bad-class', 0],
    ['[]###', 'bad-class', 0],
    ['[^a]###', 'bad-class', 0],
    ['[Z-A]###', 'bad-class', 0],
    ['###]', 'bad-class', 3],
    ['#{0}##', 'bad-repeat', 1],
    ['#{3,2}', 'bad-repeat', 1],
    ['#{x}', 'bad-repeat', 1],
    ['#{3', 'bad-repeat', 1],
    ['{3}##', 'nothing-to-repeat', 0],
    ['?###', 'nothing-to-repeat', 0],
    ['##', 'too-loose', 0],
    ['order', 'too-loose', 0],
    ['#?#?#?#?#', 'too-loose', 0],
    ['', 'empty', 0],
    ['#{65}', 'too-long', 0],
    ['#{60}#{60}', 'too-long', 5],
    ['#'.repeat(201), 'too-long', 200],
  ])('bad input: the pattern %s is refused (%s), and the place is named', (source, refusal, at) => {
    expect(compileNumberPattern(source)).toEqual({ ok: false, refusal, at })
  })

  test('a pattern that would make an expression backtrack for ever takes steps in proportion to the text', () => {
    const source = '#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?#?####X'
    const compiled = compileNumberPattern(source)
    if (!compiled.ok) throw new Error()
    let looked = 0
    const places = new Proxy(compiled.pattern.places, {
      get(target, key, receiver) {
        looked += 1
        return Reflect.get(target, key, receiver)
      },
    })
    const look = (length: number) => {
      looked = 0
      findNumbers('1 '.repeat(length / 2), [{ name: 'n', pattern: { source, places } }])
      return looked
    }
    const [once, twice] = [look(2_000), look(4_000)]
    expect(twice / once).toBeLessThan(2.1)
    expect(findNumbers('1'.repeat(5_000), [{ name: 'n', pattern: compiled.pattern }])).toEqual([])
  })
})
