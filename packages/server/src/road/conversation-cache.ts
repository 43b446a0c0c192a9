import type { AccountId, ConversationId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'
import { loadStructures, type Structure } from './structure.ts'

interface LockedRow {
  conversation_id: ConversationId
  structure: number
  ordinal: number
}

/**
 * Structures of conversations lately written to. A cached one is believed only under the conversation's lock, and only when both its
 * version and its ordinal are those of the locked row: then nothing has changed since, on any node.
 */
export class ConversationCache {
  readonly #kept = new Map<ConversationId, Structure>()
  readonly #max: number

  constructor(max = 20_000) {
    this.#max = max
  }

  /** As lately known, to decide on ahead of the lock: what is decided counts only if version and ordinal are the same under it. */
  believed(account: AccountId, id: ConversationId): Structure | undefined {
    const kept = this.#kept.get(id)
    return kept?.account === account ? toDecideOn(kept) : undefined
  }

  /** Locks conversations in the order of their ids and gives their structures as they stand. Absent ones are absent. */
  async lock(tx: Writer, account: AccountId, ids: readonly ConversationId[]): Promise<Map<ConversationId, Structure>> {
    const { rows } = await sql<LockedRow>`
      select conversation_id, structure, ordinal from conversation
      where account_id = ${account} and conversation_id = any(${ids}::uuid[])
      order by conversation_id for update`.execute(tx)
    const found = new Map<ConversationId, Structure>()
    const stale: ConversationId[] = []
    for (const row of rows) {
      const kept = this.#kept.get(row.conversation_id)
      if (kept?.version === row.structure && kept.ordinal === row.ordinal && kept.account === account) {
        found.set(row.conversation_id, toDecideOn(kept))
      } else stale.push(row.conversation_id)
    }
    if (stale.length > 0) {
      for (const [id, structure] of await loadStructures(tx, account, stale)) found.set(id, structure)
    }
    return found
  }

  /** What was just committed. */
  keep(structures: Iterable<Structure>): void {
    for (const structure of structures) {
      // The order of last use matters only where some have to go soon.
      if (this.#kept.size > this.#max / 2) this.#kept.delete(structure.conversation)
      this.#kept.set(structure.conversation, structure)
    }
    if (this.#kept.size <= this.#max) return
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#max) break
      this.#kept.delete(oldest)
    }
  }

  forget(ids: Iterable<ConversationId>): void {
    for (const id of ids) this.#kept.delete(id)
  }
}

/** A copy: if the transaction fails, what is kept was never touched. */
function toDecideOn(kept: Structure): Structure {
  const lastUsed = kept.lastUsed.size > 0 ? new Map(kept.lastUsed) : kept.lastUsed
  return { ...kept, lastPositions: new Map(kept.lastPositions), lastUsed }
}
