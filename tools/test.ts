import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installPeers, missingPeers } from './install-peers.ts'
import { run } from './run.ts'
import { root } from './source-files.ts'
import { type Count, countResults, sum } from './test-count.ts'

// Everything, in the order in which a failure is cheapest to find. The last line is the verdict, for people and machines.

const minutes = 60_000
const endsAt = Date.now() + 25 * minutes
const isCi = /^(1|true)$/i.test(process.env.CI ?? '')
const results = mkdtempSync(path.join(tmpdir(), 'parley-results-'))
const node = (...args: string[]) => run(process.execPath, args, { cwd: root, endsAt })

const counts: Count[] = []
if (isCi && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) installPeers()
const missing = missingPeers()
if (missing.length > 0) {
  console.log(
    isCi ? 'these programs are missing, and CI needs them all:' : 'the tests that need these programs are skipped:',
  )
  for (const each of missing) console.log(`  ${each}`)
  if (isCi) counts.push({ passed: 0, failed: missing.length, skipped: 0 })
}

counts.push(await step('build', () => node('tools/build.ts')))
counts.push(await step('verify', () => node('tools/verify.ts')))
for (const project of ['unit', 'plays']) counts.push(await vitest(project))
rmSync(results, { recursive: true, force: true })

const { passed, failed, skipped } = sum(counts)
if (skipped > 0) console.log(`${skipped} skipped: see above for what they need`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)

async function step(name: string, act: () => Promise<number>): Promise<Count> {
  console.log(`\n== ${name}`)
  const code = await act()
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

async function vitest(project: string): Promise<Count> {
  console.log(`\n== ${project}`)
  const file = path.join(results, `${project}.json`)
  const code = await node(
    'node_modules/vitest/vitest.mjs',
    'run',
    ...[
      '--project',
      project,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
  )
  const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  const count = countResults(report, code)
  if (count.passed + count.failed === 0) {
    console.log(`no ${project} test ran`)
    return { ...count, failed: 1 }
  }
  return count
}
