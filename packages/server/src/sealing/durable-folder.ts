import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import path from 'node:path'

/** Made with all above it, on the disk when this resolves. */
export async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (made === undefined) return
  // Every folder that is new is an entry of the one above it.
  for (let at = folder; at.length >= made.length; at = path.dirname(at)) await syncFolder(path.dirname(at))
}

/** A new or removed name is durable only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A file of no name that anybody looks for, on the disk when this resolves. It is there before `write` begins. */
export async function writeDraft(folder: string, write: (file: FileHandle) => Promise<void>): Promise<string> {
  const draft = path.join(folder, `.${randomBytes(9).toString('hex')}`)
  const handle = await open(draft, 'wx', 0o600)
  try {
    await write(handle)
    await handle.sync()
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return draft
}

/** None of a folder that is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await ifThere(readdir(folder))) ?? []
}

/** Null where a file or folder is not there. That it cannot be read says nothing of that: it is thrown. */
export async function ifThere<Of>(work: Promise<Of>): Promise<Of | null> {
  try {
    return await work
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
