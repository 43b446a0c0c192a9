import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { AccountId, BlobId } from '@parley/model'
import { newId } from '@parley/model'
import { type Database, type Reader, sealingOf, type Writer } from '../db/index.ts'

const chunkBytes = 256 * 1024

/** Where bytes lie: chunks in PostgreSQL, as durable as text, on every node, in the one backup. */
export async function writeBlob(tx: Writer, account: AccountId, bytes: Uint8Array, now: Date): Promise<BlobId> {
  return store(tx, account, bytes, { sealed: false, ownKey: false }, now)
}

/** The same under a key of its own in the key store, destroyed with whatever the bytes belong to. */
export async function writeSealedBlob(
  tx: Writer,
  account: AccountId,
  bytes: Uint8Array,
  now: Date,
  blob: BlobId = newId<BlobId>(),
): Promise<BlobId> {
  return store(tx, account, bytes, { sealed: false, ownKey: true }, now, blob)
}

async function store(
  tx: Writer,
  account: AccountId,
  bytes: Uint8Array,
  { sealed, ownKey }: { sealed: boolean; ownKey: boolean },
  now: Date,
  blob: BlobId = newId<BlobId>(),
): Promise<BlobId> {
  await tx
    .insertInto('blob')
    .values({ account_id: account, blob_id: blob, size: bytes.byteLength, sealed, own_key: ownKey, created_at: now })
    .execute()
  await writeChunks(tx, account, blob, bytes, ownKey)
  return blob
}

/** Seals a blob that lies open, in its place. */
export async function sealBlob(tx: Writer, account: AccountId, blob: BlobId): Promise<void> {
  const row = await tx
    .selectFrom('blob')
    .select('own_key')
    .where('account_id', '=', account)
    .where('blob_id', '=', blob)
    .executeTakeFirst()
  if (!row || row.own_key) return
  const chunks: Buffer[] = []
  for (
    let chunk = await readChunk(tx, account, blob, 0);
    chunk;
    chunk = await readChunk(tx, account, blob, chunks.length)
  )
    chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  await tx.deleteFrom('blob_chunk').where('account_id', '=', account).where('blob_id', '=', blob).execute()
  await writeChunks(tx, account, blob, bytes, true)
  await tx
    .updateTable('blob')
    .set({ own_key: true })
    .where('account_id', '=', account)
    .where('blob_id', '=', blob)
    .execute()
}

async function writeChunks(tx: Writer, account: AccountId, blob: BlobId, bytes: Uint8Array, ownKey: boolean) {
  for (let number = 0; number * chunkBytes < bytes.byteLength; number++) {
    const chunk = bytes.subarray(number * chunkBytes, (number + 1) * chunkBytes)
    await tx
      .insertInto('blob_chunk')
      .values({
        account_id: account,
        blob_id: blob,
        number,
        bytes: ownKey
          ? await sealingOf(tx).values.sealBytes(account, { blob }, chunkOf(blob, number), chunk)
          : Buffer.from(chunk),
      })
      .execute()
  }
}

const chunkOf = (blob: BlobId, number: number) => `blob ${blob} ${number}`

/** From one byte up to before another, chunk by chunk, each in a read of its own: a slow reader holds no connection. */
export async function* openBlob(
  db: Database,
  account: AccountId,
  blob: BlobId,
  { from = 0, to = Number.POSITIVE_INFINITY }: { from?: number; to?: number } = {},
): AsyncIterable<Uint8Array> {
  for (let number = Math.floor(from / chunkBytes); number * chunkBytes < to; number++) {
    const chunk = await db.read(account, (reader) => readChunk(reader, account, blob, number))
    if (!chunk) return
    const at = number * chunkBytes
    const isWhole = at >= from && at + chunk.byteLength <= to
    yield isWhole ? chunk : chunk.subarray(Math.max(0, from - at), Math.max(0, to - at))
  }
}

/** Null behind the end, and where its key is no more. */
async function readChunk(reader: Reader, account: AccountId, blob: BlobId, number: number): Promise<Buffer | null> {
  const chunk = await reader
    .selectFrom('blob_chunk')
    .innerJoin('blob', (join) =>
      join.onRef('blob.account_id', '=', 'blob_chunk.account_id').onRef('blob.blob_id', '=', 'blob_chunk.blob_id'),
    )
    .select(['blob_chunk.bytes', 'blob.own_key'])
    .where('blob_chunk.account_id', '=', account)
    .where('blob_chunk.blob_id', '=', blob)
    .where('blob_chunk.number', '=', number)
    .executeTakeFirst()
  if (!chunk?.own_key) return chunk?.bytes ?? null
  return sealingOf(reader).values.openBytes(account, { blob }, chunkOf(blob, number), chunk.bytes)
}

export async function readBlob(db: Database, account: AccountId, blob: BlobId): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of openBlob(db, account, blob)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * Seals what came in as it came: AES-256-GCM (NIST SP 800-38D) under a key derived for this blob alone from a secret that lies outside
 * the database and its backups. Layout: 12 bytes nonce, 16 bytes tag, text.
 */
export class Vault {
  readonly #secret: Buffer

  constructor(secret: Buffer) {
    this.#secret = secret
  }

  async seal(tx: Writer, account: AccountId, bytes: Uint8Array, now: Date): Promise<BlobId> {
    const blob = newId<BlobId>()
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#keyFor(account, blob), nonce)
    const text = Buffer.concat([cipher.update(bytes), cipher.final()])
    const sealed = Buffer.concat([nonce, cipher.getAuthTag(), text])
    return store(tx, account, sealed, { sealed: true, ownKey: false }, now, blob)
  }

  async open(db: Database, account: AccountId, blob: BlobId): Promise<Buffer> {
    const sealed = await readBlob(db, account, blob)
    if (!(await isSealed(db, account, blob))) return sealed
    const decipher = createDecipheriv('aes-256-gcm', this.#keyFor(account, blob), sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  }

  #keyFor(account: AccountId, blob: BlobId): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, account, `parley raw ${blob}`, 32))
  }
}

async function isSealed(db: Database, account: AccountId, blob: BlobId): Promise<boolean> {
  const row = await db.read(account, (reader) =>
    reader
      .selectFrom('blob')
      .select('sealed')
      .where('account_id', '=', account)
      .where('blob_id', '=', blob)
      .executeTakeFirst(),
  )
  return row?.sealed ?? false
}
