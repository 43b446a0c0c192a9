import { type AccountId, type BlobId, type ConversationId, type PersonId, parseId } from '@parley/model'
import type { KeyOwner } from './key-store.ts'

const letters = { conversation: 'c', person: 'p', blob: 'b' } as const

/** How the kind of an owner is written in sealed values and in the names of folders. */
export const letterOf = (of: KeyOwner['of']): string => letters[of]

/** Null for what names nobody: such a thing never becomes part of a path. */
export function ownerBy(account: AccountId, letter: string, id: string, by?: string): KeyOwner | null {
  if (!parseId(id) || (by !== undefined && (letter !== letters.conversation || !parseId(by)))) return null
  if (letter === letters.conversation) {
    const owner = { account, of: 'conversation', id: id as ConversationId } as const
    return by === undefined ? owner : { ...owner, by: by as PersonId }
  }
  if (letter === letters.person) return { account, of: 'person', id: id as PersonId }
  return letter === letters.blob ? { account, of: 'blob', id: id as BlobId } : null
}
