import type { DataKey, KeyOwner, KeyStore } from './key-store.ts'

const most = 2_000
const lastsMs = 60_000

interface Kept {
  readonly key: DataKey
  readonly until: number
}

/**
 * Keys opened lately, each for a minute at most: what another process has destroyed is forgotten here no later. A page of a hundred
 * sealed messages asks the store once.
 */
export class OpenedKeys {
  readonly #store: KeyStore
  readonly #kept = new Map<string, Kept>()
  readonly #now: () => number

  constructor(store: KeyStore, now: () => number = () => performance.now()) {
    this.#store = store
    this.#now = now
  }

  async get(owner: KeyOwner, version: number): Promise<DataKey | null> {
    return this.#keep(`${name(owner)} ${version}`, () => this.#store.get(owner, version))
  }

  /** What to seal with: made when there is none. */
  async toSealWith(owner: KeyOwner): Promise<DataKey> {
    const key = await this.#keep(
      name(owner),
      async () => (await this.#store.newest(owner)) ?? (await this.#store.make(owner, 1)),
    )
    if (!key) throw new Error('a key was neither found nor made')
    return key
  }

  async destroy(owner: KeyOwner): Promise<void> {
    this.forget(owner)
    await this.#store.destroy(owner)
    this.forget(owner)
  }

  forget(owner: KeyOwner): void {
    const spoken = owner.of === 'person' ? `~${owner.id}` : null
    for (const key of this.#kept.keys()) {
      const [of = ''] = key.split(' ')
      const isTheirs =
        of === name(owner) || of.startsWith(`${name(owner)}~`) || (spoken !== null && of.endsWith(spoken))
      if (isTheirs) this.#kept.delete(key)
    }
  }

  async #keep(name: string, find: () => Promise<DataKey | null>): Promise<DataKey | null> {
    const kept = this.#kept.get(name)
    if (kept && kept.until > this.#now()) return kept.key
    this.#kept.delete(name)
    const key = await find()
    if (!key) return null
    this.#kept.set(name, { key, until: this.#now() + lastsMs })
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= most) break
      this.#kept.delete(oldest)
    }
    return key
  }
}

const name = (owner: KeyOwner) => {
  const by = owner.of === 'conversation' && owner.by ? `~${owner.by}` : ''
  return `${owner.account}/${owner.of}/${owner.id}${by}`
}
