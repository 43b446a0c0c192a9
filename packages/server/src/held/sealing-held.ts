import type { BlobId, ConversationId, HeldId, PersonId } from '@parley/model'
import { type SealedFor, sealingOf, type Writer } from '../db/index.ts'

/**
 * Seals what is held: as theirs in the conversation. Where it is not known yet which of theirs is meant, under the key of its original, which goes
 * with whatever that comes to belong to.
 */
export function sealingHeld(
  tx: Writer,
  of: { held: HeldId; person: PersonId; conversation: ConversationId | null; raw: BlobId | null },
) {
  const { account, values } = sealingOf(tx)
  const { conversation, person, raw, held } = of
  const whose: SealedFor = conversation ? { conversation, by: person } : raw ? { blob: raw } : { person }
  return (column: string, value: { text: string } | { json: unknown }) =>
    values.seal(account, whose, { table: 'held_item', column, row: held }, value)
}
