import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type DataFolderLock = { release(): void }

/**
 * Takes the folder for this process, or says who has it. SQLite is used for nothing but the lock it takes on its file:
 * the kernel gives it to one process and frees it when that process dies, however it dies, so that there is no stale
 * lock to guess about (Node has no flock of its own).
 */
export function lockDataFolder(folder: string): { ok: true; lock: DataFolderLock } | { ok: false; holder?: string } {
  const holderFile = path.join(folder, 'parley.pid')
  const database = new DatabaseSync(path.join(folder, 'parley.lock'))
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (!isBusy(error)) throw error
    return { ok: false, ...readHolder(holderFile) }
  }
  writeFileSync(holderFile, `${process.pid}\n`)
  return { ok: true, lock: { release: () => database.close() } }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function readHolder(file: string): { holder?: string } {
  try {
    return { holder: readFileSync(file, 'utf8').trim() }
  } catch {
    return {}
  }
}
