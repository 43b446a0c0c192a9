import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type AccountId, parseId } from '@parley/model'
import { ifThere, isCode, makeFolder, namesIn, syncFolder, writeDraft } from './durable-folder.ts'
import type { DataKey, KeyOwner, KeyStore } from './key-store.ts'
import { letterOf, ownerBy } from './owner-letter.ts'
import { wipeFolder } from './wipe-folder.ts'

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
 *
 * What is destroyed gets another name first, whole, in `account/destroying`: from then on there is no such key, for anybody, whatever becomes
 * of who overwrites it. Whoever was about to write into the folder finds none.
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
    await makeFolder(this.#folderOf(owner))
    return this.#add(owner, version)
  }

  /** Another version for who has a key already. Null when they have none any more. */
  async renew(owner: KeyOwner, version: number): Promise<DataKey | null> {
    return ifThere(this.#add(owner, version))
  }

  async #add(owner: KeyOwner, version: number): Promise<DataKey> {
    const folder = this.#folderOf(owner)
    const bytes = randomBytes(32)
    const draft = await writeDraft(folder, (file) => file.writeFile(this.#wrap(owner, version, bytes)))
    try {
      // Unlike a rename, a link never takes the place of what another process has made in the same moment.
      await link(draft, this.#fileOf(owner, version))
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
    const wrapped = await ifThere(readFile(this.#fileOf(owner, version)))
    return wrapped && { version, bytes: this.#unwrap(owner, version, wrapped) }
  }

  /** Whether there is a key, be it wrapped under a secret that is not known here. */
  async has(owner: KeyOwner): Promise<boolean> {
    return (await this.#versions(owner)).length > 0
  }

  async newest(owner: KeyOwner): Promise<DataKey | null> {
    const version = Math.max(0, ...(await this.#versions(owner)))
    return version === 0 ? null : this.get(owner, version)
  }

  async destroy(owner: KeyOwner): Promise<void> {
    const spoken = owner.of === 'person' ? await this.#spokenBy(owner) : []
    for (const each of [...spoken, owner]) await this.#takeAway(each)
    const theirs = namesOf(owner)
    await this.#wipe(owner.account, (folder) => theirs.every((name) => folder.split('.').includes(name)))
  }

  /** What another process was destroying when it died. */
  async finishDestroying(): Promise<void> {
    for (const account of await this.#accounts()) await this.#wipe(account, () => true)
  }

  /** Gives the folder of an owner a name that no key is looked for under, and that tells whose it was. */
  async #takeAway(owner: KeyOwner): Promise<void> {
    const folder = this.#folderOf(owner)
    if (!(await ifThere(stat(folder)))) return
    const destroying = this.#destroyingIn(owner.account)
    await makeFolder(destroying)
    const name = [...namesOf(owner), randomBytes(9).toString('hex')].join('.')
    await ifThere(rename(folder, path.join(destroying, name)))
    await ifThere(syncFolder(path.dirname(folder)))
  }

  async #wipe(account: AccountId, isMeant: (folder: string) => boolean): Promise<void> {
    const destroying = this.#destroyingIn(account)
    const folders = (await namesIn(destroying)).filter(isMeant)
    if (folders.length === 0) return
    // Else it might come back under its own name, half overwritten, when the power fails.
    await syncFolder(destroying)
    for (const folder of folders) await wipeFolder(path.join(destroying, folder))
    await syncFolder(destroying)
  }

  /** What was said in a conversation, by each who said something. */
  async #spokenIn(owner: KeyOwner): Promise<KeyOwner[]> {
    if (owner.of !== 'conversation') return []
    const names = await namesIn(this.#folderOf(owner))
    return names.flatMap((name) => {
      const by = ownerNamed(owner.account, name)
      return by?.of === 'person' ? [{ ...owner, by: by.id }] : []
    })
  }

  /** What somebody said, in whichever conversation. */
  async #spokenBy({ account, id }: KeyOwner & { readonly of: 'person' }): Promise<KeyOwner[]> {
    const found: KeyOwner[] = []
    for (const name of await namesIn(path.join(this.#folder, account))) {
      const owner = ownerNamed(account, name)
      if (owner?.of !== 'conversation') continue
      const spoken: KeyOwner = { ...owner, by: id }
      if (await ifThere(stat(this.#folderOf(spoken)))) found.push(spoken)
    }
    return found
  }

  async *list(): AsyncIterable<KeyOwner> {
    for (const account of await this.#accounts()) {
      for (const name of await namesIn(path.join(this.#folder, account))) {
        const owner = ownerNamed(account, name)
        if (!owner) continue
        if (await this.has(owner)) yield owner
        yield* await this.#spokenIn(owner)
      }
    }
  }

  /** Wraps anew what an older master key wrapped. True when there was something to do. */
  async rewrap(owner: KeyOwner): Promise<boolean> {
    let isDone = false
    for (const version of await this.#versions(owner)) {
      const wrapped = await ifThere(readFile(this.#fileOf(owner, version)))
      if (!wrapped || markOf(wrapped).equals(this.#current.mark)) continue
      if (await ifThere(this.#rewrapOne(owner, version))) isDone = true
    }
    return isDone
  }

  /** Throws ENOENT when the owner is destroyed meanwhile. */
  async #rewrapOne(owner: KeyOwner, version: number): Promise<true> {
    const [folder, file] = [this.#folderOf(owner), this.#fileOf(owner, version)]
    // The draft is there before the key is read: what is made in the place of a destroyed one has no such file, so nothing takes its place.
    const draft = await writeDraft(folder, async (handle) => {
      const { mtime } = await stat(file)
      await handle.writeFile(this.#wrap(owner, version, this.#unwrap(owner, version, await readFile(file))))
      // Wrapped anew it is as old as it was: those that are to be renewed are found by their age.
      await handle.utimes(mtime, mtime)
    })
    await rename(draft, file)
    await syncFolder(folder)
    return true
  }

  /** When the newest version was made; null when there is none. */
  async newestSince(owner: KeyOwner): Promise<{ version: number; at: Date } | null> {
    const version = Math.max(0, ...(await this.#versions(owner)))
    const made = version === 0 ? null : await ifThere(stat(this.#fileOf(owner, version)))
    return made && { version, at: made.mtime }
  }

  async #versions(owner: KeyOwner): Promise<number[]> {
    return (await namesIn(this.#folderOf(owner))).flatMap((name) => {
      const version = /^(\d{1,9})\.key$/.exec(name)?.[1]
      return version ? [Number(version)] : []
    })
  }

  async #accounts(): Promise<AccountId[]> {
    return (await namesIn(this.#folder)).flatMap((name) => parseId<AccountId>(name) ?? [])
  }

  #fileOf(owner: KeyOwner, version: number): string {
    return path.join(this.#folderOf(owner), `${version}.key`)
  }

  #folderOf(owner: KeyOwner): string {
    return path.join(this.#folder, owner.account, ...namesOf(owner))
  }

  #destroyingIn(account: AccountId): string {
    return path.join(this.#folder, account, 'destroying')
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

/** Of the folders of an owner, the outermost first. */
function namesOf(owner: KeyOwner): string[] {
  const name = `${letterOf(owner.of)}-${owner.id}`
  return owner.of === 'conversation' && owner.by ? [name, `${letterOf('person')}-${owner.by}`] : [name]
}

function ownerNamed(account: AccountId, name: string): KeyOwner | null {
  const [, letter = '', id = ''] = /^(\w)-(.+)$/.exec(name) ?? []
  return ownerBy(account, letter, id)
}
