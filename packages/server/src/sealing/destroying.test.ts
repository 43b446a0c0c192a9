import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { seeded } from '@parley/dev-env'
import { type AccountId, type ConversationId, newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderKeyStore } from './folder-key-store.ts'
import type { KeyOwner } from './key-store.ts'
import { rotateKeys } from './rotate-keys.ts'
import { wipeFolder } from './wipe-folder.ts'

let folder: string
const [secret, next] = [randomBytes(32), randomBytes(32)]
const account = newId<AccountId>()
const aConversation = () => ({ account, of: 'conversation', id: newId<ConversationId>() }) as const

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  )

const fixture = fileURLToPath(new URL('./destroy-and-die.fixture.ts', import.meta.url))

/** A process that destroys these keys, killed when it waits for the disk for the n-th time. False when it came to its end. */
async function diesDestroying(owner: KeyOwner, dieAt: number): Promise<boolean> {
  const what = JSON.stringify({ folder, secret: secret.toString('hex'), owner, dieAt })
  const child = spawn(process.execPath, [fixture, what], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code, signal] = await once(child, 'exit')
  if (signal === null) expect(code).toBe(0)
  return signal === 'SIGKILL'
}

test('a key is whole or gone wherever the process died that destroyed it, and the next who destroys or rotates finishes that (C9)', async () => {
  const store = new FolderKeyStore(folder, [secret])
  const rotate = () => rotateKeys({ folder, secrets: [secret] }, { data: false, now: new Date(), progress: () => {} })
  const finished = { destroyed: 0, rotated: 0 }
  for (let dieAt = 1; ; dieAt += 1) {
    const owner = aConversation()
    const owners: KeyOwner[] = [owner, { ...owner, by: newId<PersonId>() }]
    for (const each of owners) await store.make(each, 1)
    const made = await store.make(owner, 2)
    if (!(await diesDestroying(owner, dieAt))) break
    const left = await Promise.all(owners.map((each) => store.newest(each)))
    expect(left.filter((key) => key !== null)).toHaveLength(left[0] ? 2 : 0)
    if (left[0]) {
      expect(left[0]).toEqual(made)
      await store.destroy(owner)
    } else if (files().length > 0) {
      const by = dieAt % 2 === 0 ? 'rotated' : 'destroyed'
      if (by === 'rotated') expect(await rotate()).toMatchObject({ looked: 0 })
      else await store.destroy(owner)
      finished[by] += 1
    }
    expect(files()).toEqual([])
  }
  expect(files()).toEqual([])
  expect(finished.rotated).toBeGreaterThan(0)
  expect(finished.destroyed).toBeGreaterThan(0)
}, 60_000)

test('a store that cannot be read is not taken for one that holds no keys (C9)', async () => {
  const store = new FolderKeyStore(folder, [secret])
  const owner = aConversation()
  const ana = { account, of: 'person', id: newId<PersonId>() } as const
  for (const each of [owner, { ...owner, by: ana.id }, ana]) await store.make(each, 1)
  const all = path.join(folder, account)
  renameSync(all, `${all}.away`)
  symlinkSync(all, all)
  for (const each of [owner, ana]) await expect(store.destroy(each)).rejects.toThrow('ELOOP')
  await expect(store.newest(owner)).rejects.toThrow('ELOOP')
  await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toThrow('ELOOP')
  rmSync(all)
  renameSync(`${all}.away`, all)
  for (const each of [owner, ana]) await store.destroy(each)
  expect(files()).toEqual([])
})

test('what somebody writes there while it is destroyed goes too', async () => {
  const names = Array.from({ length: 20 }, (_, index) => path.join(folder, 'gone', `${index}.key`))
  mkdirSync(path.join(folder, 'gone'))
  for (const name of names) writeFileSync(name, 'a key')
  const wiping = wipeFolder(path.join(folder, 'gone'))
  while (names.every((name) => existsSync(name))) await setImmediate()
  writeFileSync(path.join(folder, 'gone', 'late.key'), 'a key')
  await wiping
  expect(readdirSync(folder)).toEqual([])
})

test('a rotation beside it brings no destroyed key back, also not in the place of one that was made since (C9)', async () => {
  const { next: drawn } = seeded(1)
  const one = new FolderKeyStore(folder, [secret])
  const [rotating, other] = [new FolderKeyStore(folder, [next, secret]), new FolderKeyStore(folder, [next, secret])]
  for (let round = 0; round < 150; round += 1) {
    const owner = aConversation()
    const before = await one.make(owner, 1)
    const [atMs, isMadeAnew] = [drawn() * 6, drawn() < 0.5]
    const destroy = async () => {
      await setTimeout(atMs)
      await other.destroy(owner)
      return isMadeAnew ? other.make(owner, 1) : null
    }
    const [made] = await Promise.all([destroy(), rotating.rewrap(owner)])
    expect(await other.get(owner, 1), `round ${round}`).toEqual(made)
    expect(made?.bytes).not.toEqual(before.bytes)
    await other.destroy(owner)
    expect(files()).toEqual([])
  }
})
