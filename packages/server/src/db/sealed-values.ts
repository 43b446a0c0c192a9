import type { AccountId, BlobId, ConversationId, PersonId } from '@parley/model'
import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs, QueryResult, UnknownRow } from 'kysely'
import pg from 'pg'
import { type Origins, originsOf } from './origins.ts'

/** Whose key seals something: destroyed with them. `by`: who said it there, with whom it is destroyed as well. */
export type SealedFor =
  | { readonly conversation: ConversationId; readonly by?: PersonId }
  | { readonly person: PersonId }
  | { readonly blob: BlobId }

/** Where a sealed value stands: it opens nowhere else. `row`: an id that every query which reads it reads too. */
export interface SealedPlace {
  readonly table: string
  readonly column: string
  readonly row: string
}

/** What seals values before they are written and opens them where rows are read. The keys lie outside the database. */
export interface SealedValues {
  /** The text to store in the place of another, or of a value of JSON. */
  seal(
    account: AccountId,
    whose: SealedFor,
    place: SealedPlace,
    value: { text: string } | { json: unknown },
  ): Promise<string>
  /** How every text begins that was sealed for them. */
  beginningOf(account: AccountId, whose: SealedFor): string
  /**
   * Opens in place whatever is sealed in these rows, as far as its key is there and it stands where it was sealed for. Null: of any
   * account.
   */
  open(account: AccountId | null, rows: readonly UnknownRow[], origins: Origins): Promise<void>
  /** Bytes of a file: `bound` is what they belong to. */
  sealBytes(account: AccountId, whose: SealedFor, bound: string, bytes: Uint8Array): Promise<Buffer>
  /** Null when the key is not there, or did not seal them. */
  openBytes(account: AccountId, whose: SealedFor, bound: string, sealed: Uint8Array): Promise<Buffer | null>
  /** A keyed hash: the same for the same text, and nothing without the key. */
  hash(account: AccountId | null, text: string): string
  /** What was sealed for them opens never again, wherever a copy of it is. */
  destroy(account: AccountId, whose: SealedFor): Promise<void>
}

/** How every sealed text begins. */
export const sealedMark = '\u0001sealed'

/** What is read where a value was sealed and its key is no more. */
export const erasedText = '\u0001erased'

const bindings = new WeakMap<object, { account: AccountId; values: SealedValues }>()

export function bindSealing<Db extends object>(db: Db, account: AccountId, values: SealedValues): Db {
  bindings.set(db, { account, values })
  return db
}

/** What seals for who reads or writes here. */
export function sealingOf(db: object): { account: AccountId; values: SealedValues } {
  const bound = bindings.get(db)
  if (!bound) throw new Error('nothing can be sealed here: no key store was opened')
  return bound
}

/** The keyed hash of a message's key, as it stays when the message is erased; null where nothing can be hashed. */
export function hashOf(db: object, key: Buffer): string | null {
  const bound = bindings.get(db)
  return bound ? bound.values.hash(bound.account, key.toString('hex')) : null
}

const hashing = new WeakMap<object, SealedValues>()

/** Who looks across accounts finds by keyed hashes too. */
export function bindHashing(db: object, values: SealedValues): void {
  hashing.set(db, values)
}

/** How the key of an address may stand: as it is, and where the address is sealed as a keyed hash. */
export function keyForms(db: object, key: string): string[] {
  const values = bindings.get(db)?.values ?? hashing.get(db)
  return values ? [key, `${hashedMark}${values.hash(null, `address ${key}`)}`] : [key]
}

export const hashedMark = 'sealed '

/** Brings every row that is read through the one opener. */
export class OpeningSealed implements KyselyPlugin {
  readonly #account: AccountId | null
  readonly #values: SealedValues

  constructor(account: AccountId | null, values: SealedValues) {
    this.#account = account
    this.#values = values
  }

  transformQuery({ node }: PluginTransformQueryArgs): PluginTransformQueryArgs['node'] {
    return node
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    const origins = originsOf(result.rows)
    if (origins) await this.#values.open(this.#account, result.rows, origins)
    return result
  }
}

export const holdSealed = (rows: readonly UnknownRow[]): boolean => rows.some(mayHoldSealed)

/** Values of JSON in which something is sealed, found out where their text is read: looking through all of them would cost more. */
const withSealed = new WeakSet<object>()

function mayHoldSealed(row: UnknownRow): boolean {
  for (const column in row) {
    const value = row[column]
    if (typeof value === 'string') {
      if (value.charCodeAt(0) === 1 && value.startsWith(sealedMark)) return true
    } else if (typeof value === 'object' && value !== null) {
      if (withSealed.has(value)) return true
      if (Array.isArray(value) && value.some((each) => typeof each === 'string' && each.startsWith(sealedMark)))
        return true
    }
  }
  return false
}

function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (typeof value === 'object' && value !== null && text.includes('\\u0001sealed')) withSealed.add(value)
  return value
}

const isJson = (oid: number) => oid === pg.types.builtins.JSON || oid === pg.types.builtins.JSONB

/** Notices what is sealed inside values of JSON. */
export const sealedTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    isJson(oid) && format !== 'binary'
      ? parseJson
      : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
