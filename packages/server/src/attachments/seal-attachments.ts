import type { AccountId, AttachmentId } from '@parley/model'
import { erasedText, type Writer } from '../db/index.ts'
import { sealBlob } from './blob.ts'
import { sealName } from './store-attachments.ts'

/** Seals files that lie open, bytes and names. What is sealed already is left. */
export async function sealAttachments(
  tx: Writer,
  account: AccountId,
  attachments: readonly AttachmentId[],
): Promise<void> {
  if (attachments.length === 0) return
  const open = await tx
    .selectFrom('attachment')
    .innerJoin('blob', (join) =>
      join.onRef('blob.account_id', '=', 'attachment.account_id').onRef('blob.blob_id', '=', 'attachment.blob_id'),
    )
    .select(['attachment.attachment_id', 'attachment.blob_id', 'attachment.name'])
    .where('attachment.account_id', '=', account)
    .where('attachment.attachment_id', 'in', attachments)
    .where('blob.own_key', '=', false)
    .execute()
  for (const { attachment_id, blob_id, name } of open) {
    await sealBlob(tx, account, blob_id)
    if (name === erasedText) continue
    await tx
      .updateTable('attachment')
      .set({ name: await sealName(tx, attachment_id, blob_id, name) })
      .where('account_id', '=', account)
      .where('attachment_id', '=', attachment_id)
      .execute()
  }
}
