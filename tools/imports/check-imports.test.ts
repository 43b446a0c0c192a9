import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkImports, problemsIn } from './check-imports.ts'
import { planted } from './planted.ts'
import { readImports } from './read-imports.ts'

const root = mkdtempSync(path.join(tmpdir(), 'parley-imports-'))
afterAll(() => rmSync(root, { recursive: true }))

test('a channel that imports another channel fails the check, with file and line', () => {
  const file = 'packages/channel-email/src/send.ts'
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true })
  writeFileSync(path.join(root, file), `// sends\nimport { sockets } from '@parley/channel-web'\n`)
  expect(checkImports(root, [file])).toEqual({
    checked: 1,
    problems: ['packages/channel-email/src/send.ts:2 packages/channel-email may not import @parley/channel-web'],
  })
})

describe('each rule', () => {
  test.each(planted.filter((each) => each.caught))('refuses $source in $file', ({ file, source }) => {
    expect(problemsIn(file, source)).toHaveLength(1)
  })
  test.each(planted.filter((each) => !each.caught))('allows $source in $file', ({ file, source }) => {
    expect(problemsIn(file, source)).toEqual([])
  })
})

test('imports are seen in every form, and known as types where they are erased', () => {
  const source = [
    `import a, { b } from 'one'`,
    `import type { C } from 'two'`,
    `import { type D } from 'three'`,
    `import 'four'`,
    `export { e } from 'five'`,
    `const f = await import('six')`,
    `let g: import('seven').G`,
    `// import { no } from 'comment'`,
  ].join('\n')
  expect(readImports('a.ts', source).map(({ specifier, isTypeOnly, line }) => [specifier, isTypeOnly, line])).toEqual([
    ['one', false, 1],
    ['two', true, 2],
    ['three', true, 3],
    ['four', false, 4],
    ['five', false, 5],
    ['six', false, 6],
    ['seven', true, 7],
  ])
})

test('a file that cannot be read as TypeScript is an error and not a file without imports', () => {
  expect(() => readImports('a.ts', 'import {')).toThrow(/^a\.ts: /)
})
