import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type AccountId, type ConversationId, newId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderKeyStore } from './folder-key-store.ts'
import type { KeyOwner } from './key-store.ts'
import { rotateKeys } from './rotate-keys.ts'

let folder: string
const secret = randomBytes(32)
const account = newId<AccountId>()
const anOwner = (): KeyOwner => ({ account, of: 'conversation', id: newId<ConversationId>() })

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-keys-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  )

test('a key is had again by another process with the same secret, lies wrapped, and is nobody else’s to read (C9)', async () => {
  const owner = anOwner()
  const made = await new FolderKeyStore(folder, [secret]).make(owner, 1)
  expect(await new FolderKeyStore(folder, [secret]).get(owner, 1)).toEqual(made)
  expect(await new FolderKeyStore(folder, [secret]).newest(owner)).toEqual(made)
  const [file = ''] = files()
  expect(files()).toHaveLength(1)
  expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600)
  expect(readFileSync(path.join(folder, file)).includes(made.bytes)).toBe(false)
  await expect(new FolderKeyStore(folder, [randomBytes(32)]).get(owner, 1)).rejects.toThrow('another secret')
})

test('of many who make the same version at once all get the same key', async () => {
  const owner = anOwner()
  const stores = Array.from({ length: 8 }, () => new FolderKeyStore(folder, [secret]))
  const keys = await Promise.all(stores.map((store) => store.make(owner, 1)))
  expect(new Set(keys.map(({ bytes }) => bytes.toString('hex'))).size).toBe(1)
  expect(files()).toHaveLength(1)
})

test('a destroyed key is gone with all its versions, and destroying it again is as good', async () => {
  const owner = anOwner()
  const store = new FolderKeyStore(folder, [secret])
  await store.make(owner, 1)
  await store.make(owner, 2)
  await store.destroy(owner)
  await store.destroy(owner)
  expect(await store.get(owner, 1)).toBeNull()
  expect(await store.newest(owner)).toBeNull()
  expect(files()).toEqual([])
})

test('a key file in another’s place opens nothing, nor does a damaged one', async () => {
  const [one, two] = [anOwner(), anOwner()]
  const store = new FolderKeyStore(folder, [secret])
  await store.make(one, 1)
  await store.make(two, 1)
  const at = ({ id }: KeyOwner) => path.join(folder, account, `c-${id}`, '1.key')
  cpSync(at(one), at(two))
  await expect(store.get(two, 1)).rejects.toThrow()
  writeFileSync(at(one), 'no key')
  await expect(store.get(one, 1)).rejects.toThrow('no key file')
})

test('rotated to another secret every key is as before, needs the old one no more, and a rotation that was stopped goes on', async () => {
  const owners = [anOwner(), anOwner(), anOwner()]
  const old = new FolderKeyStore(folder, [secret])
  const made = await Promise.all(owners.map((owner) => old.make(owner, 1)))
  const next = randomBytes(32)
  const rotate = (data: boolean) =>
    rotateKeys({ folder, secrets: [next, secret] }, { data, now: new Date(Date.now() + 1), progress: () => {} })
  expect(await rotate(false)).toEqual({ looked: 3, rewrapped: 3, renewed: 0 })
  expect(await rotate(false)).toEqual({ looked: 3, rewrapped: 0, renewed: 0 })
  const now = new FolderKeyStore(folder, [next])
  for (const [index, owner] of owners.entries()) expect(await now.get(owner, 1)).toEqual(made[index])
  // As if it had been stopped after the first of them.
  writeFileSync(path.join(folder, 'rotating'), new Date(Date.now() + 1_000).toISOString())
  expect(await rotate(true)).toEqual({ looked: 3, rewrapped: 0, renewed: 3 })
  for (const [index, owner] of owners.entries()) {
    expect((await now.newest(owner))?.version).toBe(2)
    expect(await now.get(owner, 1)).toEqual(made[index])
  }
  writeFileSync(path.join(folder, 'rotating'), new Date(0).toISOString())
  expect((await rotate(true)).renewed).toBe(0)
})
