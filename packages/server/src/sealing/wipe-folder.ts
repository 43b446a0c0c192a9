import { randomBytes } from 'node:crypto'
import { open, readdir, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { ifThere, isCode } from './durable-folder.ts'

/** Overwrites and removes every file in it, and it: whole in itself, and any number may do it at once. */
export async function wipeFolder(folder: string): Promise<void> {
  for (;;) {
    const entries = (await ifThere(readdir(folder, { withFileTypes: true }))) ?? []
    for (const entry of entries) {
      const at = path.join(folder, entry.name)
      if (entry.isDirectory()) await wipeFolder(at)
      else await wipeFile(at)
    }
    try {
      await ifThere(rmdir(folder))
      return
    } catch (error) {
      // Who had it open before it got another name may write into it once more.
      if (!isCode(error, 'ENOTEMPTY')) throw error
    }
  }
}

async function wipeFile(file: string): Promise<void> {
  const handle = await ifThere(open(file, 'r+'))
  try {
    await handle?.write(randomBytes((await handle.stat()).size), 0)
    await handle?.sync()
  } finally {
    await handle?.close()
  }
  await rm(file, { force: true })
}
