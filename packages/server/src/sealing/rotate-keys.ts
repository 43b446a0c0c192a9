import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ifThere } from './durable-folder.ts'
import { FolderKeyStore } from './folder-key-store.ts'

/**
 * Wraps every key anew that an older secret wrapped and, where `data` is asked for, gives every conversation and person a new key for what
 * comes; what the older versions sealed stays readable by them. Stopped half-way it goes on where it stopped. Files keep the key that they
 * have: each has one of its own. What somebody was destroying who died is destroyed.
 */
export async function rotateKeys(
  { folder, secrets }: { folder: string; secrets: readonly [Buffer, ...Buffer[]] },
  wanted: { data: boolean; now: Date; progress(done: number): void },
): Promise<{ looked: number; rewrapped: number; renewed: number }> {
  const store = new FolderKeyStore(folder, secrets)
  const since = wanted.data ? await beginning(folder, wanted.now) : null
  const counted = { looked: 0, rewrapped: 0, renewed: 0 }
  for await (const owner of store.list()) {
    counted.looked += 1
    if (await store.rewrap(owner)) counted.rewrapped += 1
    const newest = since && owner.of !== 'blob' ? await store.newestSince(owner) : null
    if (since && newest && newest.at < since) {
      if (await store.renew(owner, newest.version + 1)) counted.renewed += 1
    }
    if (counted.looked % 100 === 0) wanted.progress(counted.looked)
  }
  await rm(noteIn(folder), { force: true })
  await store.finishDestroying()
  return counted
}

const noteIn = (folder: string) => path.join(folder, 'rotating')

/** When the rotation under way began: what is newer than that was renewed by it. */
async function beginning(folder: string, now: Date): Promise<Date> {
  const noted = await ifThere(readFile(noteIn(folder), 'utf8'))
  if (noted) return new Date(noted)
  await writeFile(noteIn(folder), now.toISOString(), { mode: 0o600 })
  return now
}
