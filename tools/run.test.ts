import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { run } from './run.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'parley-run-'))
afterAll(() => rmSync(folder, { recursive: true }))
const node = (script: string, endsAt: number) => run(process.execPath, ['-e', script], { cwd: folder, endsAt })

test('a program that ends by itself gives its exit code', async () => {
  expect(await node('process.exit(3)', Date.now() + 60_000)).toBe(3)
})

test('a program that hangs is ended with everything it started, and counts as failed', async () => {
  const mark = path.join(folder, 'the-child-was-ended')
  const child = `process.on('SIGTERM', () => { require('fs').writeFileSync(${JSON.stringify(mark)}, ''); process.exit() }); setInterval(() => {}, 1000); console.log('up')`
  const parent = `const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'ignore'] })
    process.on('SIGTERM', () => {}); child.on('exit', () => process.exit(9)); child.stdout.on('data', () => {})`
  expect(await node(parent, Date.now() + 3_000)).not.toBe(0)
  expect(existsSync(mark)).toBe(true)
})
