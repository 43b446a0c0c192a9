import type { AccountId, BlobId, ConversationId, PersonId } from '@parley/model'

/**
 * What a key seals: what the house keeps of a conversation; `by`: what one person said in it; what one person is known by; or one file. What
 * somebody says is theirs as well as the conversation's: it is gone when either is.
 */
export type KeyOwner =
  | { readonly account: AccountId; readonly of: 'conversation'; readonly id: ConversationId; readonly by?: PersonId }
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
  /**
   * Destroys every version; of a conversation also what each said in it, of a person also what they said in any. Gone already is as good;
   * what cannot be looked at is not gone, and throws.
   */
  destroy(owner: KeyOwner): Promise<void>
  /** Everyone who has a key. */
  list(): AsyncIterable<KeyOwner>
}
