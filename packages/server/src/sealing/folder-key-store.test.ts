import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type AccountId, type ConversationId, newId, type PersonId } from '@parley/model'
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

test('rotated to another secret and with new keys at once, each has both, however often it was stopped', async () => {
  const old = new FolderKeyStore(folder, [secret])
  const owners = Array.from({ length: 20 }, anOwner)
  for (const owner of owners) await old.make(owner, 1)
  const next = randomBytes(32)
  const began = new Date(Date.now() + 1)
  const rotate = (data: boolean) =>
    rotateKeys({ folder, secrets: [next, secret] }, { data, now: began, progress: () => {} })
  const now = new FolderKeyStore(folder, [next, secret])
  // As if it had been stopped after the first of them was wrapped anew, and not renewed.
  await now.rewrap(owners[0] as KeyOwner)
  expect(await rotate(true)).toEqual({ looked: 20, rewrapped: 19, renewed: 20 })
  for (const owner of owners) expect((await now.newest(owner))?.version).toBe(2)
  expect(files()).toHaveLength(40)
})

test('what somebody said in a conversation opens no more when either is destroyed, and what others said there does (C9)', async () => {
  const store = new FolderKeyStore(folder, [secret])
  const [ana, bo] = [newId<PersonId>(), newId<PersonId>()]
  const [one, two] = [anOwner(), anOwner()] as (KeyOwner & { of: 'conversation' })[]
  if (!one || !two) throw new Error('there are no owners')
  const spoken = [one, two].flatMap((owner) => [ana, bo].map((by): KeyOwner => ({ ...owner, by })))
  const owners: KeyOwner[] = [one, two, ...spoken, { account, of: 'person', id: ana }]
  for (const owner of owners) await store.make(owner, 1)
  const listed: KeyOwner[] = []
  for await (const owner of store.list()) listed.push(owner)
  expect(new Set(listed)).toEqual(new Set(owners))
  const left = async () => (await Promise.all(owners.map((owner) => store.get(owner, 1)))).map((key) => key !== null)

  await store.destroy({ account, of: 'person', id: ana })
  expect(await left()).toEqual([true, true, false, true, false, true, false])
  await store.destroy(two)
  expect(await left()).toEqual([true, false, false, true, false, false, false])
  expect(files()).toHaveLength(2)
})
