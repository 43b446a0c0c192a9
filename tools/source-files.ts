import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import path from 'node:path'

export const root = path.dirname(import.meta.dirname)

/** Paths from the root of every file that is ours: what git knows or would take. From an unpacked archive, what lies there. */
export function sourceFiles(): string[] {
  if (existsSync(path.join(root, '.git'))) {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    })
    return listed.split('\0').filter((file) => file && existsSync(path.join(root, file)))
  }
  const exclude = ['**/node_modules/**', '**/dist/**', '.data/**', 'coverage/**']
  return globSync('**/*', { cwd: root, exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
}
