import type { AccountId, AttachmentId, BlobId } from '@parley/model'
import type { Database } from '../db/index.ts'
import { readBlob } from './blob.ts'
import { scalePicture } from './scale-picture.ts'

/** What is kept of them in memory: they are made again where they are asked for again. */
const mostKeptBytes = 32_000_000

/** Pictures small enough for media with little room, made when they are first asked for. */
export class SmallPictures {
  readonly #db: Database
  readonly #kept = new Map<AttachmentId, Promise<Uint8Array | null>>()
  readonly #sizes = new Map<AttachmentId, number>()
  #bytes = 0

  constructor(db: Database) {
    this.#db = db
  }

  /** Null where the file itself is small enough, or is all there is. Always JPEG. */
  async find(account: AccountId, file: { id: AttachmentId; type: string; blob: BlobId }): Promise<Uint8Array | null> {
    const known = this.#kept.get(file.id)
    if (known) return known
    const making = readBlob(this.#db, account, file.blob).then((bytes) => scalePicture(file.type, bytes))
    this.#kept.set(file.id, making)
    try {
      this.#count(file.id, (await making)?.byteLength ?? 0)
    } catch (error) {
      this.#kept.delete(file.id)
      throw error
    }
    return making
  }

  #count(id: AttachmentId, size: number): void {
    // What is nothing still takes a place.
    this.#sizes.set(id, size + 1_000)
    this.#bytes += size + 1_000
    for (const [oldest, bytes] of this.#sizes) {
      if (this.#bytes <= mostKeptBytes) return
      this.#sizes.delete(oldest)
      this.#kept.delete(oldest)
      this.#bytes -= bytes
    }
  }
}
