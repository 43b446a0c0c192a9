import type { AccountId, AttachmentId, BlobId, HeldId, PersonId } from '@parley/model'
import { newId, safeFileName } from '@parley/model'
import { judgeAttachment } from '@parley/rules'
import { sealingOf, type Writer } from '../db/index.ts'
import { writeBlob, writeSealedBlob } from './blob.ts'
import type { CheckedFile } from './check-files.ts'

/**
 * Files that came with something, each judged by its content and freed of metadata, or left out with a reason that its sender is told.
 * They are not seen by anyone until a message takes them.
 */
export async function storeAttachments(
  tx: Writer,
  wanted: {
    account: AccountId
    person: PersonId
    files: readonly CheckedFile[]
    maxBytes: number
    held?: HeldId
    /** They are, or may be, of something sealed. */
    sealed?: boolean
    now: Date
  },
): Promise<{ kept: AttachmentId[]; refused: { name: string; reason: string }[] }> {
  const kept: AttachmentId[] = []
  const refused: { name: string; reason: string }[] = []
  for (const [position, file] of wanted.files.entries()) {
    const name = safeFileName(file.name, file.type)
    // Its sender is told over the medium that it came by, which may be open.
    const told = wanted.sealed ? '…' : name
    if (file.scan === 'found') {
      refused.push({ name: told, reason: 'virus' })
      continue
    }
    const verdict = judgeAttachment(name, file.type, file.bytes, { maxBytes: wanted.maxBytes })
    if (!verdict.accepted) {
      refused.push({ name: told, reason: verdict.because })
      continue
    }
    const attachment = newId<AttachmentId>()
    const blob = wanted.sealed
      ? await writeSealedBlob(tx, wanted.account, verdict.bytes, wanted.now)
      : await writeBlob(tx, wanted.account, verdict.bytes, wanted.now)
    await tx
      .insertInto('attachment')
      .values({
        account_id: wanted.account,
        attachment_id: attachment,
        person_id: wanted.person,
        conversation_id: null,
        message_id: null,
        held_id: wanted.held ?? null,
        position,
        name: wanted.sealed ? await sealName(tx, attachment, blob, name) : name,
        type: verdict.type,
        size: verdict.bytes.byteLength,
        inline: file.inline,
        download_only: verdict.serveAs === 'download',
        scan: file.scan === undefined ? null : file.scan === 'clean' ? 'clean' : 'unknown',
        blob_id: blob,
        created_at: wanted.now,
      })
      .execute()
    kept.push(attachment)
  }
  return { kept, refused }
}

export async function sealName(tx: Writer, attachment: AttachmentId, blob: BlobId, name: string): Promise<string> {
  const { account, values } = sealingOf(tx)
  return values.seal(account, { blob }, { table: 'attachment', column: 'name', row: attachment }, { text: name })
}
