import { safeFileName } from '@parley/model'
import { headerValue, type MailPart, type ParsedMail } from './parsed-mail.ts'

/** A file that came with a mail. Name and type are the sender's claim, the name made safe to show and to store under. */
export type ReadAttachment = {
  name: string
  declaredType: string
  size: number
  contentId: string | null
  /** Shown inside the text rather than beside it. */
  inline: boolean
  bytes: Uint8Array
}

export type AttachmentLimits = { count: number; totalBytes: number }

const defaultAttachmentLimits: AttachmentLimits = { count: 50, totalBytes: 30 * 1024 * 1024 }

/** A part left out, and why the sender should be told. */
export type RefusedAttachment = { name: string; size: number; because: 'too-many' | 'too-large' }

const REPORT_PARTS =
  /^(?:message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report)|application\/(?:pgp|x-pkcs7|pkcs7)-signature)$/

/** The files of a mail. Signatures and report parts are the mail's own machinery and are left out. */
export function readAttachments(
  mail: ParsedMail,
  limits: AttachmentLimits = defaultAttachmentLimits,
): { attachments: ReadAttachment[]; refused: RefusedAttachment[] } {
  const attachments: ReadAttachment[] = []
  const refused: RefusedAttachment[] = []
  let total = 0
  for (const part of mail.parts) {
    if (REPORT_PARTS.test(part.type) || part.bytes.byteLength === 0) continue
    const name = safeFileName(part.name ?? '', part.type)
    const size = part.bytes.byteLength
    if (attachments.length >= limits.count) refused.push({ name, size, because: 'too-many' })
    else if (total + size > limits.totalBytes) refused.push({ name, size, because: 'too-large' })
    else {
      total += size
      attachments.push({
        name,
        declaredType: plainType(part.type),
        size,
        contentId: part.contentId,
        inline: isInline(part),
        bytes: part.bytes,
      })
    }
  }
  return { attachments, refused }
}

/** Is there anything in the mail but a sealed or foreign container, which nobody here can open? */
export function isSealed(mail: ParsedMail): boolean {
  return /^(?:multipart\/encrypted|application\/(?:x-)?pkcs7-mime)/i.test(headerValue(mail, 'content-type').trim())
}

function isInline(part: MailPart): boolean {
  return (
    part.disposition !== 'attachment' &&
    part.type.startsWith('image/') &&
    (part.isRelated || part.disposition === 'inline')
  )
}

function plainType(type: string): string {
  const lower = type.toLowerCase()
  return /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(lower) ? lower : 'application/octet-stream'
}
