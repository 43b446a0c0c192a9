import type { AttachmentId } from '@parley/model'
import type { Writer } from '../../db/index.ts'
import type { Actor } from '../operation.ts'

/** Files that somebody uploaded and that stand nowhere yet, in the order in which they are named; null where one is none of those. */
export async function unusedUploads(
  tx: Writer,
  { account, person }: Actor,
  wanted: readonly AttachmentId[],
): Promise<AttachmentId[] | null> {
  const ids = [...new Set(wanted)]
  if (ids.length === 0) return []
  const found = await tx
    .selectFrom('attachment')
    .select('attachment_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('attachment_id', 'in', ids)
    .where('held_id', 'is', null)
    .where('message_id', 'is', null)
    .execute()
  return found.length === ids.length ? ids : null
}
