import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { AccountId } from '@parley/model'
import type { DataKey, KeyOwner } from './key-store.ts'
import { letterOf, ownerBy } from './owner-letter.ts'

/**
 * What a sealed value begins with where a text is expected. U+0001 stands in no text of ours (the road takes it out), so that neither is
 * taken for the other.
 */
const sealedPrefix = '\u0001sealed1.'

/** Where a value stands: bound to it, it opens nowhere else. `row` is an id that stands in the row. */
export interface SealedAt {
  readonly table: string
  readonly column: string
  readonly row: string
}

export interface Envelope {
  readonly owner: KeyOwner
  readonly version: number
  readonly form: 'text' | 'json'
  readonly at: SealedAt
  /** All before the last dot: authenticated, with the account. */
  readonly head: string
  readonly sealed: Buffer
}

/** AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits for each value. */
export function sealValue(
  key: DataKey,
  owner: KeyOwner,
  at: SealedAt,
  value: { text: string } | { json: unknown },
): string {
  const [form, plain] = 'text' in value ? ['t', value.text] : ['j', JSON.stringify(value.json)]
  const by = owner.of === 'conversation' && owner.by ? `~${owner.by}` : ''
  const head = `${beginningFor(owner)}${key.version}${by}.${form}.${at.table}.${at.column}.${at.row}`
  return `${head}.${sealBytes(key, `${owner.account} ${head}`, Buffer.from(plain)).toString('base64url')}`
}

/** What everything begins with that is sealed for this owner, by whoever it was said and under whichever version of the key. */
export function beginningFor({ of, id }: KeyOwner): string {
  return `${sealedPrefix}${letterOf(of)}.${id}.`
}

/** Null for what is no sealed value of a form that is known here. */
export function readEnvelope(account: AccountId, value: string): Envelope | null {
  const [of = '', id = '', which = '', form, table, column, row, sealed, ...more] = value
    .slice(sealedPrefix.length)
    .split('.')
  const [version = '', by, ...none] = which.split('~')
  const owner = none.length > 0 ? null : ownerBy(account, of, id, by)
  if (!owner || !table || !column || !row || !sealed || more.length > 0) return null
  if ((form !== 't' && form !== 'j') || !/^\d{1,9}$/.test(version)) return null
  return {
    owner,
    version: Number(version),
    form: form === 't' ? 'text' : 'json',
    at: { table, column, row },
    head: value.slice(0, value.lastIndexOf('.')),
    sealed: Buffer.from(sealed, 'base64url'),
  }
}

/** Undefined for what this key did not seal for this place. */
export function openEnvelope(key: DataKey, { owner, form, head, sealed }: Envelope): unknown {
  const plain = openBytes(key, `${owner.account} ${head}`, sealed)?.toString()
  if (plain === undefined) return undefined
  return form === 'text' ? plain : JSON.parse(plain)
}

/** Layout: 12 bytes nonce, 16 bytes tag, text. */
export function sealBytes(key: DataKey, bound: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce)
  cipher.setAAD(Buffer.from(bound))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

export function openBytes(key: DataKey, bound: string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(0, 12))
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  } catch {
    // The only thing that fails here is the tag: it was sealed under another key or for another place.
    return undefined
  }
}
