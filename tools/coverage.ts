import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'
import claimed from './claimed-rows.json' with { type: 'json' }
import { root } from './source-files.ts'
import { isNode, visit } from './syntax-tree.ts'

export type ShownRow = { row: string; title: string; file: string }

/** docs/coverage.md: which test shows which row of the feature table, read from the row names in their titles. */
export function coveragePage(files: readonly string[]): string {
  const shown = shownRows(files)
  const rows = [...new Set([...claimed.rows, ...shown.map((each) => each.row)])].sort(byRow)
  return [
    '# Which test shows which feature',
    '',
    'Made from the row names in the titles of tests by `node tools/generate.ts`. A row that is claimed without a test fails',
    '`npm run verify`.',
    '',
    '| row | tests |',
    '| --- | --- |',
    ...rows.map((row) => {
      const tests = shown.filter((each) => each.row === row).map(({ title, file }) => `${asCell(title)} (\`${file}\`)`)
      return `| ${row} | ${tests.join('<br>') || '**none yet**'} |`
    }),
    '',
  ].join('\n')
}

export function unshownRows(files: readonly string[]): string[] {
  const shown = new Set(shownRows(files).map((each) => each.row))
  return claimed.rows.filter((row) => !shown.has(row))
}

function shownRows(files: readonly string[]): ShownRow[] {
  return files
    .filter((file) => /\.(test|play)\.tsx?$/.test(file))
    .flatMap((file) => titlesIn(file, readFileSync(path.join(root, file), 'utf8')).map((title) => ({ file, title })))
    .flatMap(({ file, title }) => rowsIn(title).map((row) => ({ row, title, file })))
}

/** Row names in a title: "A8: a reply …", "(A8, C2)", and runs such as "A1–A3". */
export function rowsIn(title: string): string[] {
  const runs = [...title.matchAll(/\b([A-Z])(\d{1,2})[–-]\1(\d{1,2})\b/g)].flatMap(([, letter, from, to]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${letter}${Number(from) + at}`),
  )
  const single = [...title.matchAll(/\b[A-O]\d{1,2}\b/g)].map((match) => match[0])
  return [...new Set([...runs, ...single])]
}

const tellers = new Set(['test', 'it', 'play', 'describe'])

/** First arguments of test(…), it(…), play(…), describe(…), also behind .each(…), .runIf(…) and the like. */
export function titlesIn(file: string, source: string): string[] {
  const titles: string[] = []
  visit(parseSync(file, source).program, (node) => {
    if (node.type !== 'CallExpression' || !tellers.has(rootName(node.callee) ?? '')) return
    const [first] = Array.isArray(node.arguments) ? node.arguments : []
    const title = textOf(first)
    if (title) titles.push(title)
  })
  return titles
}

function rootName(callee: unknown): string | undefined {
  if (!isNode(callee)) return undefined
  if (callee.type === 'Identifier') return typeof callee.name === 'string' ? callee.name : undefined
  return rootName(callee.object ?? callee.callee ?? callee.tag)
}

function textOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined
  if (value.type === 'Literal') return typeof value.value === 'string' ? value.value : undefined
  if (value.type !== 'TemplateLiteral' || !Array.isArray(value.quasis)) return undefined
  return value.quasis.map((part: unknown) => (isNode(part) && isNode(part.value) ? part.value.cooked : '')).join('…')
}

function byRow(a: string, b: string): number {
  return a.charCodeAt(0) - b.charCodeAt(0) || Number(a.slice(1)) - Number(b.slice(1))
}

function asCell(title: string): string {
  return title.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
