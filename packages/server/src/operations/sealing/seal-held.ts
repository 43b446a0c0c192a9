import type { AttachmentId, BlobId, ConversationId, HeldId, PersonId } from '@parley/model'
import { type RawBuilder, sql } from 'kysely'
import { sealAttachments, sealBlob } from '../../attachments/index.ts'
import { hashedMark, keyForms } from '../../db/index.ts'
import { sealingHeld } from '../../held/index.ts'
import { holdsSealed, type SealScope } from './seal-scope.ts'

/** What waits for a decision: what was written there, and what may turn out to be, of whoever has a part in it or is asked to. */
export async function sealHeld(scope: SealScope): Promise<void> {
  const { account, conversation, how, isWhole, tickets, interactions, asked } = scope
  const places = sql`(select participant_id from participant where account_id = ${account} and interaction_id = any(${interactions}::uuid[]))`
  const invitations = sql`(select invitation_id from place_invitation where account_id = ${account} and interaction_id = any(${interactions}::uuid[]))`
  await sealWaiting(
    scope,
    sql`h.conversation_id = ${conversation} and (${how === 'all'} or ${holdsSealed('h')})
      and (${isWhole} or exists (select from relay_address r where r.account_id = h.account_id and r.relay_id = h.relay_id
        and (r.participant_id in ${places} or r.invitation_id in ${invitations} or r.ticket_id = any(${tickets}::uuid[]))))`,
  )
  if (how === 'own-key') return
  await sealWaiting(
    scope,
    sql`h.conversation_id is null and not ${holdsSealed('h')} and h.person_id in (
      select person_id from participant where account_id = ${account} and interaction_id = any(${interactions}::uuid[])
      union select person_id from place_invitation where account_id = ${account} and interaction_id = any(${interactions}::uuid[])
      union select person_id from offer where account_id = ${account} and ticket_id = any(${asked}::uuid[]))`,
  )
}

interface Row {
  readonly held_id: HeldId
  readonly said: unknown
  readonly claims: string
  readonly raw: BlobId | null
  readonly person: PersonId
  readonly conversation: ConversationId | null
  readonly sender: string | null
}

async function sealWaiting({ turn: { tx }, account }: SealScope, which: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<Row>`
    select h.held_id, h.said, h.claims, h.raw_blob_id as raw, h.person_id as person, h.conversation_id as conversation, h.sender_key as sender
    from held_item h where h.account_id = ${account} and h.state = 'waiting' and ${which}`.execute(tx)
  for (const { held_id: held, said, claims, raw, person, conversation, sender } of rows) {
    if (said === null) continue
    const seal = sealingHeld(tx, { held, person, conversation, raw })
    await tx
      .updateTable('held_item')
      .set({
        said: JSON.stringify(await seal('said', { json: said })),
        claims: await seal('claims', { text: claims }),
        sender_key: sender === null || sender.startsWith(hashedMark) ? sender : (keyForms(tx, sender).at(-1) ?? sender),
      })
      .where('account_id', '=', account)
      .where('held_id', '=', held)
      .execute()
    if (raw) await sealBlob(tx, account, raw)
    const files = await tx
      .selectFrom('attachment')
      .select('attachment_id')
      .where('account_id', '=', account)
      .where('held_id', '=', held)
      .execute()
    const ids: AttachmentId[] = files.map(({ attachment_id }) => attachment_id)
    await sealAttachments(tx, account, ids)
  }
}
