import { createHmac } from 'node:crypto'
import type { AccountId } from '@parley/model'
import {
  erasedText,
  type Origins,
  type SealedFor,
  type SealedPlace,
  type SealedValues,
  sealedMark,
} from '../db/index.ts'
import { computedFrom } from './computed-from.ts'
import { beginningFor, openBytes, openEnvelope, readEnvelope, type SealedAt, sealBytes, sealValue } from './envelope.ts'
import { FolderKeyStore } from './folder-key-store.ts'
import type { KeyOwner, KeyStore } from './key-store.ts'
import { OpenedKeys } from './opened-keys.ts'

type Row = Record<string, unknown>

/** Opens a key store in a folder. */
export function openSealing(
  keyStore: { folder: string; secrets: readonly [Buffer, ...Buffer[]] },
  hashKey: Buffer,
  tell?: (misplaced: Misplaced) => void,
): Sealing {
  return new Sealing(new FolderKeyStore(keyStore.folder, keyStore.secrets), hashKey, tell)
}

/** A sealed value that stands where it was not sealed for, or was changed there: it is not opened. Names and an id, nothing of what it holds. */
export interface Misplaced {
  readonly readFrom: string
  readonly sealedFor: string
  readonly row: string
}

/** Seals under the keys of a store, and opens what rows hold of it. */
export class Sealing implements SealedValues {
  readonly #keys: OpenedKeys
  readonly #hashKey: Buffer
  readonly #tell: (misplaced: Misplaced) => void
  readonly #told = new Set<string>()

  /** `hashKey`: for keyed hashes, by which something is found that cannot be read; at least 32 bytes, never in the database. */
  constructor(store: KeyStore, hashKey: Buffer, tell: (misplaced: Misplaced) => void = () => {}) {
    this.#keys = new OpenedKeys(store)
    this.#hashKey = hashKey
    this.#tell = tell
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

  beginningOf(account: AccountId, whose: SealedFor): string {
    return beginningFor(ownerOf(account, whose))
  }

  async open(account: AccountId | null, rows: readonly Row[], origins: Origins): Promise<void> {
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const where: Where = { account, stands: origins.get(column) ?? null, column, around: [row], origins }
        if (typeof value === 'string') {
          if (value.startsWith(sealedMark)) row[column] = await this.#openText(value, where)
        } else if (isHolder(value)) await this.#openIn(value, where)
      }
    }
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

  async #openIn(holder: Row | unknown[], where: Where): Promise<void> {
    const inside = { ...where, around: [...where.around, holder] }
    for (const [key, value] of Object.entries(holder)) {
      if (typeof value === 'string') {
        if (value.startsWith(sealedMark)) (holder as Row)[key] = await this.#openText(value, inside)
      } else if (isHolder(value)) await this.#openIn(value, inside)
    }
  }

  async #openText(value: string, where: Where): Promise<unknown> {
    const of = where.account ?? accountIn(where.around)
    const envelope = of && readEnvelope(of, value)
    if (!envelope) return erasedText
    const nothing = envelope.form === 'text' ? erasedText : null
    const { at, owner, version } = envelope
    if (!mayStandIn(where, at)) return this.#tellOnce(where, at, nothing)
    if (!isBeside(at.row, where.around)) return tellsRow(where, at) ? this.#tellOnce(where, at, nothing) : nothing
    const key = await this.#keys.get(owner, version)
    if (!key) return nothing
    const opened = openEnvelope(key, envelope)
    return opened === undefined ? this.#tellOnce(where, at, nothing) : opened
  }

  #tellOnce({ stands, column }: Where, at: SealedAt, answer: unknown): unknown {
    const misplaced = { readFrom: stands ?? column, sealedFor: `${at.table}.${at.column}`, row: at.row }
    const name = Object.values(misplaced).join(' ')
    if (this.#told.size < mostTold && !this.#told.has(name)) {
      this.#told.add(name)
      this.#tell(misplaced)
    }
    return answer
  }
}

/** Where a value is being read. */
interface Where {
  readonly account: AccountId | null
  /** The `table.column` that it was read from; null where the query computed it, and calls it `column`. */
  readonly stands: string | null
  readonly column: string
  /** What stands around it, the outermost first: the id of its row is there. */
  readonly around: readonly (Row | unknown[])[]
  readonly origins: Origins
}

/** Each is told once, and so many at most. */
const mostTold = 1_000

const ownerOf = (account: AccountId, whose: SealedFor): KeyOwner =>
  'conversation' in whose
    ? { account, of: 'conversation', id: whose.conversation, ...(whose.by ? { by: whose.by } : {}) }
    : 'person' in whose
      ? { account, of: 'person', id: whose.person }
      : { account, of: 'blob', id: whose.blob }

function isHolder(value: unknown): value is Row | unknown[] {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

function mayStandIn({ stands, column }: Where, at: SealedAt): boolean {
  const from = `${at.table}.${at.column}`
  return stands === null ? (computedFrom[column]?.includes(from) ?? false) : stands === from
}

/** A value moved to another row has another id beside it. */
function isBeside(id: string, around: readonly (Row | unknown[])[]): boolean {
  return around.some((holder) => Object.values(holder).includes(id))
}

/** Was the id of its row read? Else that it is not there says nothing. */
function tellsRow({ origins }: Where, { table }: SealedAt): boolean {
  const id = `${table}.${rowIds[table] ?? `${table}_id`}`
  return [...origins.values()].includes(id)
}

const rowIds: Readonly<Record<string, string>> = {
  held_item: 'held_id',
  concierge_run: 'ticket_id',
  place_invitation: 'invitation_id',
}

/** Who reads across accounts reads the account too. */
function accountIn(around: readonly (Row | unknown[])[]): AccountId | null {
  for (const holder of around) {
    if (!Array.isArray(holder) && typeof holder.account_id === 'string') return holder.account_id as AccountId
  }
  return null
}
