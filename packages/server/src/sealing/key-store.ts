import type { AccountId, BlobId, ConversationId, PersonId } from '@parley/model'

/** What a key seals: the words of one conversation, what one person is known by, or one file. */
export type KeyOwner =
  | { readonly account: AccountId; readonly of: 'conversation'; readonly id: ConversationId }
  | { readonly account: AccountId; readonly of: 'person'; readonly id: PersonId }
  | { readonly account: AccountId; readonly of: 'blob'; readonly id: BlobId }

/** AES-256: 32 bytes. What a newer version seals the older ones do not open, and the other way round. */
export interface DataKey {
  readonly version: number
  readonly bytes: Buffer
}

/**
 * Where data keys lie: outside the database and its backups, so that destroying one makes unreadable whatever it sealed, wherever a copy
 * of that is. Several processes may share one.
 */
export interface KeyStore {
  /** Makes the next version of an owner's key: durable before it resolves. Two processes that make the same version get the same key. */
  make(owner: KeyOwner, version: number): Promise<DataKey>
  /** Null when it is not there: it was destroyed, or never made. */
  get(owner: KeyOwner, version: number): Promise<DataKey | null>
  /** The newest version; null when there is none. */
  newest(owner: KeyOwner): Promise<DataKey | null>
  /** Destroys every version. Gone already is as good. */
  destroy(owner: KeyOwner): Promise<void>
  /** Everyone who has a key. */
  list(): AsyncIterable<KeyOwner>
}
