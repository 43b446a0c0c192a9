import { open } from 'node:fs/promises'
import process from 'node:process'
import { FolderKeyStore } from './folder-key-store.ts'

// Destroys the keys named, and is killed when it waits for the disk for the n-th time. Without such a time it ends by itself.
const { folder, secret, owner, dieAt } = JSON.parse(process.argv[2] ?? '')
const some = await open(process.execPath)
const handles = Object.getPrototypeOf(some)
await some.close()
const sync = handles.sync
let synced = 0
handles.sync = async function () {
  synced += 1
  if (synced === dieAt) process.kill(process.pid, 'SIGKILL')
  return sync.call(this)
}
await new FolderKeyStore(folder, [Buffer.from(secret, 'hex')]).destroy(owner)
