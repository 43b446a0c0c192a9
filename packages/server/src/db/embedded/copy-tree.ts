import { createHash } from 'node:crypto'
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { linkLibraries } from './library-links.ts'

/** Copies PostgreSQL's files once for each version of them, and returns where they are. */
export function copyTree(tree: string, into: string): string {
  const copy = path.join(into, mark(tree))
  if (existsSync(copy)) return copy
  const aside = `${copy}.new`
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(into, { recursive: true, mode: 0o755 })
  cpSync(tree, aside, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  letEveryoneRead(aside)
  linkLibraries(aside)
  chmodSync(into, 0o755)
  renameSync(aside, copy)
  return copy
}

/** Installed under a strict umask, the files would be closed to the user the copy is made for. */
function letEveryoneRead(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) letEveryoneRead(at)
    else if (entry.isFile()) chmodSync(at, statSync(at).mode & 0o100 ? 0o755 : 0o644)
  }
}

function mark(tree: string): string {
  const manifest = path.join(path.dirname(tree), 'package.json')
  const what = existsSync(manifest) ? readFileSync(manifest) : Buffer.from(tree)
  return `postgres-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`
}
