import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import claimed from './claimed-rows.json' with { type: 'json' }
import { unshownRows } from './coverage.ts'
import { generated } from './generated.ts'
import { checkImports } from './imports/check-imports.ts'
import { licenceProblems } from './licences.ts'
import { lockProblems } from './lock-file.ts'
import { machinePathProblems } from './machine-paths.ts'
import { root, sourceFiles } from './source-files.ts'

/** What a step found wrong, a line each; `says` is shown beside its name when there is nothing. `mayPass` only warns. */
type Finding = { problems: string[]; says?: string; mayPass?: boolean }
type Step = { name: string; run(): Finding | Promise<Finding> }

const longest = 40

const files = sourceFiles()
const projects = files
  .filter((file) => /^(apps\/[^/]+\/)?tsconfig\.json$/.test(file))
  .sort((a, b) => b.localeCompare(a))

const steps: Step[] = [
  {
    name: 'format and lint',
    run: () =>
      tool('@biomejs/biome', 'biome', [
        'check',
        '--reporter=concise',
        '--diagnostic-level=warn',
        '--error-on-warnings',
        '.',
      ]),
  },
  ...projects.map((project) => ({
    name: `types of ${path.dirname(project) === '.' ? 'packages and tools' : path.dirname(project)}`,
    run: () => types(project),
  })),
  { name: 'import rules', run: importRules },
  { name: 'unused code', run: () => tool('knip', 'knip', ['--no-progress', '--no-config-hints']) },
  { name: 'generated files', run: generatedFiles },
  { name: 'claimed rows', run: claimedRows },
  { name: 'licences', run: () => ({ problems: licenceProblems() }) },
  { name: 'lock file', run: () => ({ problems: lockProblems() }) },
  { name: 'machine paths', run: () => ({ problems: machinePathProblems(files) }) },
]

let failed = 0
for (const { name, run } of steps) {
  const startedAt = performance.now()
  const { problems, says, mayPass = false } = await run()
  const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  const verdict = problems.length === 0 ? 'ok  ' : mayPass ? 'warn' : 'FAIL'
  console.log(`${verdict}  ${name}${says ? ` (${says})` : ''}  ${took}`)
  for (const line of problems.slice(0, longest)) console.log(`      ${line}`)
  if (problems.length > longest) console.log(`      … and ${problems.length - longest} more`)
  if (verdict === 'FAIL') failed += 1
}
console.log(failed === 0 ? 'verify: all is well' : `verify: ${failed} of ${steps.length} steps failed`)
process.exitCode = failed === 0 ? 0 : 1

async function types(project: string): Promise<Finding> {
  const found = await tool('typescript', 'tsc', ['-p', project, '--noEmit', '--pretty', 'false'])
  return found.problems.some((line) => line.includes('TS18003')) ? { problems: [], says: 'no sources yet' } : found
}

async function tool(packageName: string, name: string, args: readonly string[]): Promise<Finding> {
  const folder = path.join(root, 'node_modules', packageName)
  const manifest: { bin: string | Record<string, string> } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  )
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name]
  if (!script) throw new Error(`${packageName} has no program ${name}`)
  const child = spawn(process.execPath, [path.join(folder, script), ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  if ((await ended) === 0) return { problems: [] }
  const lines = `${out}\n${errors}`.split('\n').filter((line) => line.trim())
  return { problems: lines.length > 0 ? lines : [`${name} failed without a word`] }
}

function importRules(): Finding {
  const { checked, problems } = checkImports(root, files)
  if (checked === 0 && problems.length === 0) return { problems: ['no file was checked'] }
  return { problems, says: `${checked} files, and the planted violations are caught` }
}

async function generatedFiles(): Promise<Finding> {
  const problems: string[] = []
  for (const { path: file, make } of generated) {
    const target = path.join(root, file)
    const present = existsSync(target) ? readFileSync(target, 'utf8') : undefined
    if (present !== (await make(files))) problems.push(`${file} is out of date: run node tools/generate.ts`)
  }
  return { problems, says: `${generated.length} files` }
}

function claimedRows(): Finding {
  const problems = unshownRows(files).map((row) => `no test names ${row} in its title`)
  return { problems, mayPass: !claimed.binding }
}
