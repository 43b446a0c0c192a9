import type { AccountId, ConversationId, PersonId, PlaceInvitationId } from '@parley/model'
import { sql } from 'kysely'
import { sealingOf, type Writer } from '../../db/index.ts'
import { sealHeld } from './seal-held.ts'
import type { SealScope } from './seal-scope.ts'

/** What waits for a decision, notes of invitations, and what can be undone or was answered. */
export async function sealOnTheWay(scope: SealScope): Promise<void> {
  await sealHeld(scope)
  await sealNotes(scope)
  if (scope.how === 'own-key') return
  const { turn, account, conversation } = scope
  await sealDone(turn.tx, account, conversation)
  // What a program was answered is kept for a day, should it ask again: then it is told anew.
  await sql`delete from kept_response where account_id = ${account} and strpos(body, ${conversation}) > 0`.execute(
    turn.tx,
  )
}

async function sealNotes({ turn, account, conversation, how, interactions }: SealScope): Promise<void> {
  const { tx } = turn
  const { values } = sealingOf(tx)
  const { rows } = await sql<{ id: PlaceInvitationId; by: PersonId; note: string }>`
    select invitation_id as id, invitation_id, invited_by as by, note from place_invitation where account_id = ${account}
      and (interaction_id = any(${interactions}::uuid[]) or history_of = any(${interactions}::uuid[]))
      and encryption = ${how === 'all' ? 'none' : 'sealed'}`.execute(tx)
  for (const { id, by, note: text } of rows) {
    const place = { table: 'place_invitation', column: 'note', row: id }
    const note = text === '' ? '' : await values.seal(account, { conversation, by }, place, { text })
    await tx
      .updateTable('place_invitation')
      .set({ note, encryption: 'sealed' })
      .where('account_id', '=', account)
      .where('invitation_id', '=', id)
      .execute()
  }
}

/** What was done, with the names and tags that were changed. */
export async function sealDone(tx: Writer, account: AccountId, conversation: ConversationId): Promise<void> {
  const { values } = sealingOf(tx)
  const { rows } = await sql<{ id: string; changes: unknown }>`
    select operation_id as id, changes from operation where account_id = ${account} and changes is not null
      and conversation_ids @> array[${conversation}]::uuid[]`.execute(tx)
  for (const { id, changes } of rows) {
    if (changes === null) continue
    const place = { table: 'operation', column: 'changes', row: id }
    const json = JSON.stringify(await values.seal(account, { conversation }, place, { json: changes }))
    await sql`update operation set changes = ${json} where account_id = ${account} and operation_id = ${id}`.execute(tx)
  }
}
