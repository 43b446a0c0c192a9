import { createHash } from 'node:crypto'
import { constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
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
  linkLibraries(aside)
  renameSync(aside, copy)
  return copy
}

function mark(tree: string): string {
  const manifest = path.join(path.dirname(tree), 'package.json')
  const what = existsSync(manifest) ? readFileSync(manifest) : Buffer.from(tree)
  return `postgres-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`
}
