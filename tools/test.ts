import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installPeers, missingPeers } from './install-peers.ts'
import { run } from './run.ts'
import { root } from './source-files.ts'
import { type Count, countResults, type Failure, failuresIn, sum } from './test-count.ts'
import { afterRepeat, filesToRepeat } from './unsteady.ts'

// Everything, in the order in which a failure is cheapest to find. The last line is the verdict, for people and machines.

const minutes = 60_000
// Twice what it takes here: a slow machine is no failure, and a run that hangs is.
const endsAt = Date.now() + 50 * minutes
const isCi = /^(1|true)$/i.test(process.env.CI ?? '')
const results = mkdtempSync(path.join(tmpdir(), 'parley-results-'))
const node = (...args: string[]) => run(process.execPath, args, { cwd: root, endsAt })

const counts: Count[] = []
const broken: Failure[] = []
const unsteady: Failure[] = []
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
tell('failed once, and passed when repeated alone; each is a fault of the test or a race, to be mended:', unsteady)
tell('failed:', broken)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)

async function step(name: string, act: () => Promise<number>): Promise<Count> {
  console.log(`\n== ${name}`)
  const code = await act()
  if (code === 0) return { passed: 1, failed: 0, skipped: 0 }
  broken.push({ file: name, title: 'see above', because: '' })
  return { passed: 0, failed: 1, skipped: 0 }
}

async function vitest(project: string): Promise<Count> {
  console.log(`\n== ${project}`)
  const first = await runVitest(project, [])
  if (first.count.passed + first.count.failed === 0) {
    console.log(`no ${project} test ran`)
    return { ...first.count, failed: 1 }
  }
  const files = filesToRepeat(first.failures)
  if (files.length === 0) {
    broken.push(...first.failures)
    return first.count
  }
  console.log(`\n== ${project}: ${files.length} of its files once more, alone`)
  const outcome = afterRepeat(first, await runVitest(project, files))
  unsteady.push(...outcome.unsteady)
  broken.push(...outcome.broken)
  return outcome.count
}

async function runVitest(project: string, files: readonly string[]): Promise<{ count: Count; failures: Failure[] }> {
  const file = path.join(results, `${project}${files.length > 0 ? '-again' : ''}.json`)
  const code = await node(
    'node_modules/vitest/vitest.mjs',
    'run',
    ...files,
    ...(files.length > 0 ? ['--maxWorkers', '1'] : []),
    ...['--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json'],
    `--outputFile.json=${file}`,
  )
  const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  return { count: countResults(report, code), failures: failuresIn(report) }
}

function tell(heading: string, failures: readonly Failure[]): void {
  if (failures.length === 0) return
  console.log(`\n${heading}`)
  for (const { file, title, because } of failures)
    console.log(`  ${path.relative(root, file)} › ${title}\n    ${because}`)
}
