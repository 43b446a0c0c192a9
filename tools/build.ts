import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root, sourceFiles } from './source-files.ts'

// Builds the pages that browsers load, those whose sources changed: `dist/.built-from` holds what they were made from.

const apps = ['widget', 'panel', 'demo']
const alsoIn = /^(packages\/(client|protocol|model)\/src\/|package-lock\.json$|tsconfig\.base\.json$)/
const vite = path.join(root, 'node_modules/vite/bin/vite.js')

const files = sourceFiles()
process.exitCode = apps.every(buildIfChanged) ? 0 : 1

function buildIfChanged(app: string): boolean {
  const folder = path.join(root, 'apps', app)
  const configs = existsSync(folder) ? readdirSync(folder).filter((file) => /^vite(\..+)?\.config\.ts$/.test(file)) : []
  if (configs.length === 0) return true
  const mark = markOf(app)
  const markFile = path.join(folder, 'dist', '.built-from')
  if (existsSync(markFile) && readFileSync(markFile, 'utf8') === mark) return true
  if (!existsSync(vite)) {
    console.error(
      `parley: the pages of apps/${app} are not built, and vite is not installed: run npm ci without --omit=dev`,
    )
    return false
  }

  const startedAt = performance.now()
  for (const config of configs.sort()) {
    const run = spawnSync(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    })
    if (run.status !== 0) {
      console.error(`parley: apps/${app} did not build (${config})`)
      return false
    }
  }
  writeFileSync(markFile, mark)
  console.error(`parley: built apps/${app} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  return true
}

function markOf(app: string): string {
  const hash = createHash('sha256')
  for (const file of files.filter((each) => each.startsWith(`apps/${app}/`) || alsoIn.test(each)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}
