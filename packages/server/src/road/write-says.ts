import type { AccountId, BlobId } from '@parley/model'
import { sql } from 'kysely'
import { sealAttachments, sealBlob, writeSealedBlob } from '../attachments/index.ts'
import type { Writer } from '../db/index.ts'
import { enqueueMessages } from '../delivery/index.ts'
import type { DecidedSay } from './say.ts'
import { asStored, filedColumns, isSealed } from './seal-say.ts'

/** Keeps bytes under a key that lies outside the database. */
export type Seal = (tx: Writer, account: AccountId, bytes: Uint8Array, now: Date) => Promise<BlobId>

/** A message of the batch was stored before: the whole batch is to be rolled back and decided again without it. */
export class TakenBefore extends Error {}

/**
 * Stores what was decided, all of one account, in as few statements as there are tables: messages with their placements and the
 * conversations' counters in one, deliveries for those who are reached elsewhere than in a window.
 */
export async function writeSays(tx: Writer, says: readonly DecidedSay[], seal: Seal, now: Date): Promise<void> {
  const [first] = says
  if (!first) return
  const account = first.say.account
  const placed = says.flatMap((say) => say.placements.map((placement) => ({ say, placement })))
  const stored = await Promise.all(says.map((say) => asStored(tx, say)))
  const counters = new Map(says.map((say) => [say.structure.conversation, say.structure]))
  const { rows } = await sql<{ count: number }>`
    with stored as (
      insert into message (account_id, message_id, conversation_id, person_id, participant_id, kind, medium, body, full_text, cuts,
        masked, unproven, form, raw_blob_id, key, at, written_at, encryption)
      select ${account}, m.* from unnest(
        ${says.map((s) => s.id)}::uuid[], ${says.map((s) => s.structure.conversation)}::uuid[],
        ${says.map((s) => s.say.person)}::uuid[], ${says.map((s) => s.author.id)}::uuid[],
        ${says.map((s) => (s.say.filed ? 'filed' : (s.say.form?.kind ?? 'said')))}::text[], ${says.map((s) => s.say.via.medium)}::text[],
        ${stored.map((s) => s.body)}::text[], ${stored.map((s) => s.full)}::text[],
        ${says.map((s) => (s.full === null ? null : JSON.stringify(s.say.said.cuts)))}::jsonb[],
        ${says.map((s) => s.masked)}::bool[], ${says.map((s) => s.say.unproven)}::bool[],
        ${stored.map((s) => (s.form ? JSON.stringify(s.form) : null))}::jsonb[],
        ${says.map((s) => s.say.rawBlob)}::uuid[], ${says.map((s) => s.say.key)}::bytea[],
        ${says.map((s) => s.at)}::timestamptz[], ${says.map((s) => s.say.writtenAt)}::timestamptz[],
        ${stored.map((s) => s.encryption)}::text[]
      ) as m on conflict (account_id, key) do nothing returning 1
    ), placed as (
      insert into placement (account_id, interaction_id, position, conversation_id, ordinal, message_id)
      select ${account}, p.* from unnest(
        ${placed.map((p) => p.placement.interaction)}::uuid[], ${placed.map((p) => p.placement.position)}::int[],
        ${placed.map((p) => p.say.structure.conversation)}::uuid[], ${placed.map((p) => p.say.ordinal)}::bigint[],
        ${placed.map((p) => p.say.id)}::uuid[]
      ) as p
    ), counted as (
      update conversation c set ordinal = n.ordinal, last_at = n.last_at
      from unnest(${[...counters.keys()]}::uuid[], ${[...counters.values()].map((c) => c.ordinal)}::bigint[],
        ${[...counters.values()].map((c) => c.lastAt)}::timestamptz[]) as n(id, ordinal, last_at)
      where c.account_id = ${account} and c.conversation_id = n.id
    )
    select count(*) as count from stored`.execute(tx)
  if (rows[0]?.count !== says.length) throw new TakenBefore()
  await sealOriginals(tx, says, seal, now)
  await placeAttachments(tx, says)
  await noteFiled(tx, says)
  await enqueueMessages(tx, says, now)
}

/** Where something was masked, what was really written is kept: sealed, for those with the right. Mail brings its own original. */
async function sealOriginals(tx: Writer, says: readonly DecidedSay[], seal: Seal, now: Date): Promise<void> {
  for (const decided of says) {
    const { id, masked, say } = decided
    if (!masked || say.rawBlob) continue
    const keep = isSealed(decided) ? writeSealedBlob : seal
    const blob = await keep(tx, say.account, Buffer.from(say.said.full), now)
    await tx
      .updateTable('message')
      .set({ raw_blob_id: blob })
      .where('account_id', '=', say.account)
      .where('message_id', '=', id)
      .execute()
  }
}

async function placeAttachments(tx: Writer, says: readonly DecidedSay[]): Promise<void> {
  for (const say of says) {
    if (isSealed(say)) await sealBrought(tx, say)
    for (const [position, attachment] of say.say.attachments.entries()) {
      await tx
        .updateTable('attachment')
        .set({ message_id: say.id, conversation_id: say.structure.conversation, position })
        .where('account_id', '=', say.say.account)
        .where('attachment_id', '=', attachment)
        // Two that came at once may bring the same: it stays with the first.
        .where('message_id', 'is', null)
        .execute()
    }
  }
}

/** Files and the original were stored before it was known where they go, or when that was not sealed yet. */
async function sealBrought(tx: Writer, { say }: DecidedSay): Promise<void> {
  await sealAttachments(tx, say.account, say.attachments)
  if (say.rawBlob) await sealBlob(tx, say.account, say.rawBlob)
}

/** Who said it elsewhere stands beside who placed it here. */
async function noteFiled(tx: Writer, says: readonly DecidedSay[]): Promise<void> {
  for (const decided of says) {
    const { id, say } = decided
    if (!say.filed) continue
    const { person } = say.filed
    await tx
      .updateTable('message')
      .set({ author_id: person, ...(await filedColumns(tx, decided)) })
      .where('account_id', '=', say.account)
      .where('message_id', '=', id)
      .execute()
  }
}
