import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { AccountId, BlobId } from '@parley/model'
import { newId } from '@parley/model'
import type { Database, Writer } from '../db/index.ts'

const chunkBytes = 256 * 1024

/** Where bytes lie: chunks in PostgreSQL, as durable as text, on every node, in the one backup. */
export async function writeBlob(tx: Writer, account: AccountId, bytes: Uint8Array, now: Date): Promise<BlobId> {
  return store(tx, account, bytes, false, now)
}

async function store(
  tx: Writer,
  account: AccountId,
  bytes: Uint8Array,
  sealed: boolean,
  now: Date,
  blob: BlobId = newId<BlobId>(),
): Promise<BlobId> {
  await tx
    .insertInto('blob')
    .values({ account_id: account, blob_id: blob, size: bytes.byteLength, sealed, created_at: now })
    .execute()
  for (let number = 0; number * chunkBytes < bytes.byteLength; number++) {
    const chunk = bytes.subarray(number * chunkBytes, (number + 1) * chunkBytes)
    await tx
      .insertInto('blob_chunk')
      .values({ account_id: account, blob_id: blob, number, bytes: Buffer.from(chunk) })
      .execute()
  }
  return blob
}

/** From one byte up to before another, chunk by chunk, each in a read of its own: a slow reader holds no connection. */
export async function* openBlob(
  db: Database,
  account: AccountId,
  blob: BlobId,
  { from = 0, to = Number.POSITIVE_INFINITY }: { from?: number; to?: number } = {},
): AsyncIterable<Uint8Array> {
  for (let number = Math.floor(from / chunkBytes); number * chunkBytes < to; number++) {
    const chunk = await db.read(account, (reader) =>
      reader
        .selectFrom('blob_chunk')
        .select('bytes')
        .where('account_id', '=', account)
        .where('blob_id', '=', blob)
        .where('number', '=', number)
        .executeTakeFirst(),
    )
    if (!chunk) return
    const at = number * chunkBytes
    const isWhole = at >= from && at + chunk.bytes.byteLength <= to
    yield isWhole ? chunk.bytes : chunk.bytes.subarray(Math.max(0, from - at), Math.max(0, to - at))
  }
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
    return store(tx, account, Buffer.concat([nonce, cipher.getAuthTag(), text]), true, now, blob)
  }

  async open(db: Database, account: AccountId, blob: BlobId): Promise<Buffer> {
    const sealed = await readBlob(db, account, blob)
    const decipher = createDecipheriv('aes-256-gcm', this.#keyFor(account, blob), sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  }

  #keyFor(account: AccountId, blob: BlobId): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, account, `parley raw ${blob}`, 32))
  }
}
