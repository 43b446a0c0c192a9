import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a whole file so that after a crash it is there completely or not at all; resolves when the disk has it. */
export async function writeDurably(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  const unfinished = `${path}.unfinished`
  const file = await open(unfinished, 'w', mode)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
  await syncFolder(dirname(path))
}

// The new name is an entry of the folder, which has a cache of its own.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
