import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'

/** What the folder says about itself, so that an older Parley keeps its hands off it. Docs: decision 0004. */
export type DataFolderVersion = {
  /** of the folder's layout */
  format: number
  /** of the Parley that wrote it last */
  parley: string
  /** major version of PostgreSQL */
  postgres: number
  /** name of the newest migration applied; names sort in order */
  schema: string | null
}

export const folderFormat = 1
const fileName = 'PARLEY_VERSION'

export function readVersionFile(dataFolder: string): DataFolderVersion | undefined {
  let text: string
  try {
    text = readFileSync(path.join(dataFolder, fileName), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const value: unknown = JSON.parse(text)
  if (!isVersion(value)) throw new Error(`${path.join(dataFolder, fileName)} is damaged`)
  return value
}

/** All or nothing, also through a power cut: written aside, synced, then renamed over. */
export function writeVersionFile(dataFolder: string, version: DataFolderVersion): void {
  const target = path.join(dataFolder, fileName)
  const aside = `${target}.new`
  const file = openSync(aside, 'w', 0o644)
  try {
    writeSync(file, `${JSON.stringify(version, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(aside, target)
  syncFolder(dataFolder)
}

export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function isVersion(value: unknown): value is DataFolderVersion {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    typeof value.format === 'number' &&
    'parley' in value &&
    typeof value.parley === 'string' &&
    'postgres' in value &&
    typeof value.postgres === 'number' &&
    'schema' in value &&
    (value.schema === null || typeof value.schema === 'string')
  )
}
