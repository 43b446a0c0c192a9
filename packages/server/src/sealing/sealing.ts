import { createHmac } from 'node:crypto'
import type { AccountId } from '@parley/model'
import { erasedText, type SealedFor, type SealedPlace, type SealedValues, sealedMark } from '../db/index.ts'
import { type Envelope, openBytes, openEnvelope, readEnvelope, sealBytes, sealValue } from './envelope.ts'
import { FolderKeyStore } from './folder-key-store.ts'
import type { KeyOwner, KeyStore } from './key-store.ts'
import { OpenedKeys } from './opened-keys.ts'

type Row = Record<string, unknown>

/** Opens a key store in a folder. */
export function openSealing(
  keyStore: { folder: string; secrets: readonly [Buffer, ...Buffer[]] },
  hashKey: Buffer,
): Sealing {
  return new Sealing(new FolderKeyStore(keyStore.folder, keyStore.secrets), hashKey)
}

/** Seals under the keys of a store, and opens what rows hold of it. */
export class Sealing implements SealedValues {
  readonly #keys: OpenedKeys
  readonly #hashKey: Buffer

  /** `hashKey`: for keyed hashes, by which something is found that cannot be read; at least 32 bytes, never in the database. */
  constructor(store: KeyStore, hashKey: Buffer) {
    this.#keys = new OpenedKeys(store)
    this.#hashKey = hashKey
  }

  async seal(
    account: AccountId,
    whose: SealedFor,
    place: SealedPlace,
    value: { text: string } | { json: unknown },
  ): Promise<string> {
    const owner = ownerOf(account, whose)
    return sealValue(await this.#keys.toSealWith(owner), owner, place, value)
  }

  async open(account: AccountId | null, rows: readonly Row[]): Promise<void> {
    for (const row of rows) await this.#openIn(row, account, [])
  }

  /** Every version that there is begins with its number. */
  async sealBytes(account: AccountId, whose: SealedFor, bound: string, bytes: Uint8Array): Promise<Buffer> {
    const key = await this.#keys.toSealWith(ownerOf(account, whose))
    const version = Buffer.alloc(4)
    version.writeUInt32BE(key.version)
    return Buffer.concat([version, sealBytes(key, `${account} ${bound}`, bytes)])
  }

  async openBytes(account: AccountId, whose: SealedFor, bound: string, sealed: Uint8Array): Promise<Buffer | null> {
    const version = Buffer.from(sealed.subarray(0, 4)).readUInt32BE()
    const key = await this.#keys.get(ownerOf(account, whose), version)
    return (key && openBytes(key, `${account} ${bound}`, sealed.subarray(4))) ?? null
  }

  hash(account: AccountId | null, text: string): string {
    return createHmac('sha256', this.#hashKey).update(`${account} ${text}`).digest('base64url')
  }

  async destroy(account: AccountId, whose: SealedFor): Promise<void> {
    await this.#keys.destroy(ownerOf(account, whose))
  }

  /** Opens what is sealed in an object or a list. `above`: what stands around it, where the id of its row may be. */
  async #openIn(
    holder: Row | unknown[],
    account: AccountId | null,
    above: readonly (Row | unknown[])[],
  ): Promise<void> {
    const around = [...above, holder]
    for (const [key, value] of Object.entries(holder)) {
      if (typeof value === 'string') {
        if (value.startsWith(sealedMark)) (holder as Row)[key] = await this.#openText(value, account, around)
      } else if (isHolder(value)) await this.#openIn(value, account, around)
    }
  }

  async #openText(value: string, account: AccountId | null, around: readonly (Row | unknown[])[]): Promise<unknown> {
    const of = account ?? accountIn(around)
    const envelope = of && readEnvelope(of, value)
    if (!envelope || !standsIn(envelope.at.row, around)) return erasedText
    const opened = await this.#opened(envelope)
    return opened === undefined ? (envelope.form === 'text' ? erasedText : null) : opened
  }

  async #opened(envelope: Envelope): Promise<unknown> {
    const key = await this.#keys.get(envelope.owner, envelope.version)
    return key ? openEnvelope(key, envelope) : undefined
  }
}

const ownerOf = (account: AccountId, whose: SealedFor): KeyOwner =>
  'conversation' in whose
    ? { account, of: 'conversation', id: whose.conversation }
    : 'person' in whose
      ? { account, of: 'person', id: whose.person }
      : { account, of: 'blob', id: whose.blob }

function isHolder(value: unknown): value is Row | unknown[] {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

/** A value moved to another row has another id beside it. */
function standsIn(id: string, around: readonly (Row | unknown[])[]): boolean {
  return around.some((holder) => Object.values(holder).includes(id))
}

/** Who reads across accounts reads the account too. */
function accountIn(around: readonly (Row | unknown[])[]): AccountId | null {
  for (const holder of around) {
    if (!Array.isArray(holder) && typeof holder.account_id === 'string') return holder.account_id as AccountId
  }
  return null
}
