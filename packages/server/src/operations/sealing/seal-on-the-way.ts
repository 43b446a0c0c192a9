import type {
  AccountId,
  AttachmentId,
  BlobId,
  ConversationId,
  HeldId,
  PersonId,
  PlaceInvitationId,
} from '@parley/model'
import { sql } from 'kysely'
import { sealAttachments, sealBlob } from '../../attachments/index.ts'
import { sealingOf, type Writer } from '../../db/index.ts'
import { holdsSealed, type SealScope } from './seal-scope.ts'

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

async function sealHeld({
  turn,
  account,
  conversation,
  how,
  isWhole,
  tickets,
  interactions,
}: SealScope): Promise<void> {
  const { tx } = turn
  const { values } = sealingOf(tx)
  const places = sql`(select participant_id from participant where account_id = ${account} and interaction_id = any(${interactions}::uuid[]))`
  const { rows } = await sql<{ held_id: HeldId; said: unknown; claims: string; raw: BlobId | null; by: PersonId }>`
    select h.held_id, h.said, h.claims, h.raw_blob_id as raw, h.person_id as by from held_item h
    where h.account_id = ${account} and h.conversation_id = ${conversation} and (${how === 'all'} or ${holdsSealed('h')})
      and (${isWhole} or exists (select from relay_address r where r.account_id = h.account_id and r.relay_id = h.relay_id
        and (r.participant_id in ${places} or r.ticket_id = any(${tickets}::uuid[]))))`.execute(tx)
  for (const { held_id: id, said, claims, raw, by } of rows) {
    if (said === null) continue
    const seal = (column: string, value: { text: string } | { json: unknown }) =>
      values.seal(account, { conversation, by }, { table: 'held_item', column, row: id }, value)
    await tx
      .updateTable('held_item')
      .set({ said: JSON.stringify(await seal('said', { json: said })), claims: await seal('claims', { text: claims }) })
      .where('account_id', '=', account)
      .where('held_id', '=', id)
      .execute()
    if (raw) await sealBlob(tx, account, raw)
    const files = await tx
      .selectFrom('attachment')
      .select('attachment_id')
      .where('account_id', '=', account)
      .where('held_id', '=', id)
      .execute()
    const ids: AttachmentId[] = files.map(({ attachment_id }) => attachment_id)
    await sealAttachments(tx, account, ids)
  }
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
