import type { AccountId, ConversationId, InteractionId, PersonId, SpanId } from '@parley/model'
import type { Change } from '@parley/rules'
import type { Writer } from '../db/index.ts'

type RightChange = Extract<Change, { kind: 'give' | 'end' }>

/** Rights that are given, and rights that end. Whoever calls this reads the structure again. */
export async function writeRights(
  { tx, account, now }: { tx: Writer; account: AccountId; now: Date },
  changes: readonly Change[],
): Promise<void> {
  for (const change of changes) {
    if (change.kind !== 'give' && change.kind !== 'end') throw new Error('a right is given or ends')
    await writeRight({ tx, account, now }, change)
  }
}

export async function writeRight(
  { tx, account, now }: { tx: Writer; account: AccountId; now: Date },
  change: RightChange,
): Promise<void> {
  if (change.kind === 'end') {
    await tx
      .updateTable('span')
      .set({ to_position: change.is })
      .where('account_id', '=', account)
      .where('span_id', '=', change.right as SpanId)
      .execute()
    return
  }
  await tx
    .insertInto('span')
    .values({
      account_id: account,
      span_id: change.right as SpanId,
      conversation_id: change.conversation as ConversationId,
      interaction_id: change.interaction as InteractionId,
      person_id: change.person as PersonId,
      from_position: change.from,
      to_position: change.to,
      basis: change.basis,
      given_by: change.by as PersonId | null,
      under: change.under ?? null,
      created_at: now,
    })
    .execute()
}
