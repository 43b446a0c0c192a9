import { type RawBuilder, sql } from 'kysely'

/** Every column that can name a blob `b`, and the rows that do. A blob that none of them names is removed: whoever adds a column adds it here. */
export const blobReferences: Readonly<Record<string, RawBuilder<unknown>>> = {
  'attachment.blob_id': sql`select from attachment r where r.account_id = b.account_id and r.blob_id = b.blob_id`,
  'message.raw_blob_id': sql`select from message r where r.account_id = b.account_id and r.raw_blob_id = b.blob_id`,
  'held_item.raw_blob_id': sql`select from held_item r where r.account_id = b.account_id and r.raw_blob_id = b.blob_id`,
  'offer.kept': sql`select from offer r where r.account_id = b.account_id and r.kept <> '[]'
    and r.kept @> jsonb_build_array(jsonb_build_object('rawBlob', b.blob_id))`,
}

/** Of blobs `b`: nothing names it. */
export const isLoose = sql<boolean>`${sql.join(
  Object.values(blobReferences).map((rows) => sql`not exists (${rows})`),
  sql` and `,
)}`

/** Of files `f`: an answer that waits has brought it. */
export const isKeptFile = sql<boolean>`exists (select from offer o where o.account_id = f.account_id and o.kept <> '[]'
  and o.kept @> jsonb_build_array(jsonb_build_object('attachments', jsonb_build_array(f.attachment_id))))`
