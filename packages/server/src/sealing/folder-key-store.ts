import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { type AccountId, parseId } from '@parley/model'
import type { DataKey, KeyOwner, KeyStore } from './key-store.ts'
import { letterOf, ownerBy } from './owner-letter.ts'

const magic = Buffer.from('PKEY1')
const markBytes = 8
const headBytes = magic.length + markBytes
const fileBytes = headBytes + 12 + 16 + 32

interface MasterKey {
  readonly mark: Buffer
  readonly key: Buffer
}

/**
 * One file per key in a folder, mode 600: `account/c-conversation/1.key`, `account/c-conversation/p-person/1.key`, wrapped with AES-256-GCM under a master key. Layout: "PKEY1",
 * 8 bytes that tell which master key, 12 bytes nonce, 16 bytes tag, 32 bytes key. The owner and the version are authenticated too: a file
 * moved to another's place opens nothing.
 */
export class FolderKeyStore implements KeyStore {
  readonly #folder: string
  readonly #current: MasterKey
  readonly #older: readonly MasterKey[]

  /** Wraps with the first secret; what one of the others wrapped is still opened. Each is at least 32 bytes. */
  constructor(folder: string, secrets: readonly [Buffer, ...Buffer[]]) {
    this.#folder = folder
    const [current, ...older] = secrets
    this.#current = masterKey(current)
    this.#older = older.map(masterKey)
  }

  async make(owner: KeyOwner, version: number): Promise<DataKey> {
    const folder = this.#folderOf(owner)
    await this.#makeFolder(folder)
    const file = path.join(folder, `${version}.key`)
    const bytes = randomBytes(32)
    const draft = await writeDurably(folder, this.#wrap(owner, version, bytes))
    try {
      // Unlike a rename, a link never takes the place of what another process has made in the same moment.
      await link(draft, file)
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
      const made = await this.get(owner, version)
      if (!made) throw error
      return made
    } finally {
      await rm(draft, { force: true })
      await syncFolder(folder)
    }
    return { version, bytes }
  }

  async get(owner: KeyOwner, version: number): Promise<DataKey | null> {
    const file = path.join(this.#folderOf(owner), `${version}.key`)
    const wrapped = await readFile(file).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return null
      throw error
    })
    return wrapped && { version, bytes: this.#unwrap(owner, version, wrapped) }
  }

  async newest(owner: KeyOwner): Promise<DataKey | null> {
    const version = Math.max(0, ...(await this.#versions(owner)))
    return version === 0 ? null : this.get(owner, version)
  }

  async destroy(owner: KeyOwner): Promise<void> {
    const inside = owner.of === 'person' ? await this.#spokenBy(owner) : await this.#spokenIn(owner)
    for (const each of [...inside, owner]) await this.#destroyFolder(this.#folderOf(each))
  }

  /** What was said in a conversation, by each who said something. */
  async #spokenIn(owner: KeyOwner): Promise<KeyOwner[]> {
    if (owner.of !== 'conversation') return []
    const names = await readdir(this.#folderOf(owner)).catch(() => [])
    return names.flatMap((name) => {
      const by = ownerNamed(owner.account, name)
      return by?.of === 'person' ? [{ ...owner, by: by.id }] : []
    })
  }

  /** What somebody said, in whichever conversation. */
  async #spokenBy({ account, id }: KeyOwner & { readonly of: 'person' }): Promise<KeyOwner[]> {
    const found: KeyOwner[] = []
    for (const name of await readdir(path.join(this.#folder, account)).catch(() => [])) {
      const owner = ownerNamed(account, name)
      if (owner?.of !== 'conversation') continue
      const spoken: KeyOwner = { ...owner, by: id }
      if (await stat(this.#folderOf(spoken)).catch(() => null)) found.push(spoken)
    }
    return found
  }

  async #destroyFolder(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    const files = entries.filter((entry) => entry.isFile())
    for (const { name } of files) {
      const file = path.join(folder, name)
      const handle = await open(file, 'r+')
      try {
        await handle.write(randomBytes((await handle.stat()).size), 0)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rm(file, { force: true })
    }
    if (files.length > 0) await syncFolder(folder)
    await rmdir(folder).catch(() => {})
    await syncFolder(path.dirname(folder)).catch(() => {})
  }

  async *list(): AsyncIterable<KeyOwner> {
    for (const account of await readdir(this.#folder).catch(() => [])) {
      if (!parseId<AccountId>(account)) continue
      for (const name of await readdir(path.join(this.#folder, account)).catch(() => [])) {
        const owner = ownerNamed(account as AccountId, name)
        if (!owner) continue
        if ((await this.#versions(owner)).length > 0) yield owner
        yield* await this.#spokenIn(owner)
      }
    }
  }

  /** Wraps anew what an older master key wrapped. True when there was something to do. */
  async rewrap(owner: KeyOwner): Promise<boolean> {
    let isDone = false
    const folder = this.#folderOf(owner)
    for (const version of await this.#versions(owner)) {
      const file = path.join(folder, `${version}.key`)
      const wrapped = await readFile(file).catch(() => null)
      if (!wrapped || markOf(wrapped).equals(this.#current.mark)) continue
      const draft = await writeDurably(folder, this.#wrap(owner, version, this.#unwrap(owner, version, wrapped)))
      await rename(draft, file)
      await syncFolder(folder)
      isDone = true
    }
    return isDone
  }

  /** When the newest version was made; null when there is none. */
  async newestSince(owner: KeyOwner): Promise<{ version: number; at: Date } | null> {
    const version = Math.max(0, ...(await this.#versions(owner)))
    if (version === 0) return null
    const { birthtime, mtime } = await stat(path.join(this.#folderOf(owner), `${version}.key`))
    return { version, at: birthtime.getTime() > 0 ? birthtime : mtime }
  }

  async #versions(owner: KeyOwner): Promise<number[]> {
    const names = await readdir(this.#folderOf(owner)).catch(() => [])
    return names.flatMap((name) => {
      const version = /^(\d{1,9})\.key$/.exec(name)?.[1]
      return version ? [Number(version)] : []
    })
  }

  #folderOf(owner: KeyOwner): string {
    const folder = path.join(this.#folder, owner.account, `${letterOf(owner.of)}-${owner.id}`)
    return owner.of === 'conversation' && owner.by ? path.join(folder, `${letterOf('person')}-${owner.by}`) : folder
  }

  async #makeFolder(folder: string): Promise<void> {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (made === undefined) return
    // Every folder that is new is an entry of the one above it.
    for (let at = folder; at.length >= made.length; at = path.dirname(at)) await syncFolder(path.dirname(at))
  }

  #wrap(owner: KeyOwner, version: number, bytes: Buffer): Buffer {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#current.key, nonce)
    cipher.setAAD(namingOf(owner, version))
    const text = Buffer.concat([cipher.update(bytes), cipher.final()])
    return Buffer.concat([magic, this.#current.mark, nonce, cipher.getAuthTag(), text])
  }

  #unwrap(owner: KeyOwner, version: number, wrapped: Buffer): Buffer {
    const mark = markOf(wrapped)
    const master = [this.#current, ...this.#older].find((each) => each.mark.equals(mark))
    if (wrapped.length !== fileBytes || !wrapped.subarray(0, magic.length).equals(magic))
      throw new Error(`the key of ${owner.of} ${owner.id} is no key file`)
    if (!master) throw new Error(`the key of ${owner.of} ${owner.id} was wrapped under another secret`)
    const decipher = createDecipheriv('aes-256-gcm', master.key, wrapped.subarray(headBytes, headBytes + 12))
    decipher.setAAD(namingOf(owner, version))
    decipher.setAuthTag(wrapped.subarray(headBytes + 12, headBytes + 28))
    return Buffer.concat([decipher.update(wrapped.subarray(headBytes + 28)), decipher.final()])
  }
}

function masterKey(secret: Buffer): MasterKey {
  if (secret.length < 32) throw new Error('the secret of the key store is shorter than 32 bytes')
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'parley key store', 32))
  return { key, mark: createHash('sha256').update('mark').update(key).digest().subarray(0, markBytes) }
}

const markOf = (wrapped: Buffer) => wrapped.subarray(magic.length, headBytes)

function namingOf(owner: KeyOwner, version: number): Buffer {
  const by = owner.of === 'conversation' && owner.by ? ` by ${owner.by}` : ''
  return Buffer.from(`${owner.account} ${owner.of} ${owner.id}${by} ${version}`)
}

function ownerNamed(account: AccountId, name: string): KeyOwner | null {
  const [, letter = '', id = ''] = /^(\w)-(.+)$/.exec(name) ?? []
  return ownerBy(account, letter, id)
}

/** A file of no name that anybody looks for, on the disk when this resolves. */
async function writeDurably(folder: string, bytes: Buffer): Promise<string> {
  const draft = path.join(folder, `.${randomBytes(9).toString('hex')}`)
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}

/** A new or removed name is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
