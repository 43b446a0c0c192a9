import { describe, expect, test } from 'vitest'
import { indexProducts } from './find-products.ts'

const find = indexProducts([
  { key: 'hose', names: ['hose', 'Schlauch', 'tuyau'] },
  { key: 'garden-hose', names: ['garden hose', 'Gartenschlauch'] },
  { key: 'wheelbarrow', names: ['wheelbarrow', 'Schubkarre', 'carretilla'] },
  { key: 'x200', names: ['Trimmer X200'] },
  { key: 'cafetiere', names: ['cafetière'] },
  { key: 'kettle', names: ['やかん', 'kettle'] },
])

describe('products by an account’s own list', () => {
  test.each([
    ['my hose leaks', ['hose']],
    ['the garden hose leaks', ['garden-hose']],
    ['the GARDEN-HOSE and a wheelbarrow', ['garden-hose', 'wheelbarrow']],
    ['der Gartenschlauch ist undicht', ['garden-hose']],
    ['my wheelbarow is broken', ['wheelbarrow']],
    ['my wheelbarrrow is broken', ['wheelbarrow']],
    ['my wheelbarorw is broken', ['wheelbarrow']],
    ['my whelbarow is broken', []],
    ['a horse', []],
    ['trimmer x 200 does not start', ['x200']],
    ['trimer X200', ['x200']],
    ['trimmer X300', []],
    ['cafetiere broken', ['cafetiere']],
    ['やかんが壊れました', ['kettle']],
    ['nothing of ours', []],
    ['', []],
  ])('D3: "%s"', (text, keys) => {
    expect(find(text).map(({ key }) => key)).toEqual(keys)
  })

  test('D3: a name with a slip of the pen is less sure, and each product is named once', () => {
    expect(find('wheelbarow, wheelbarrow')).toEqual([{ key: 'wheelbarrow', words: 'wheelbarrow', confidence: 1 }])
    expect(find('wheelbarow')[0]?.confidence).toBeLessThan(1)
  })

  test('ten thousand products and a long text are searched', () => {
    const many = indexProducts(
      Array.from({ length: 10_000 }, (_, i) => ({ key: `p${i}`, names: [`widget number ${i}`, `gadget ${i} deluxe`] })),
    )
    expect(many(`${'lorem ipsum '.repeat(500)} widget number 4321 and gadgt 17 deluxe`).map(({ key }) => key)).toEqual([
      'p4321',
      'p17',
    ])
  })
})
