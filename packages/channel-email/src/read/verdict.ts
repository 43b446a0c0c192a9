import { type RecipientStatus, readDeliveryStatus, returnedHeader } from './delivery-status.ts'
import type { Envelope } from './envelope.ts'
import { type BrokenReason, headerValue, headerValues, type ParsedMail } from './parsed-mail.ts'

/** What kind of thing a mail is, before anybody asks what it says. */
export type MailVerdict =
  | { kind: 'message' }
  /** A program wrote it. Kept for the record, never an answer. */
  | { kind: 'automatic'; why: AutomaticReason }
  | Bounce
  /** It has been here before, or goes round: it is dropped and counted, and nobody is told, since telling would go round too. */
  | { kind: 'loop'; why: 'own-loop-header' | 'too-many-received' | 'from-ourselves' }
  | { kind: 'broken'; why: BrokenReason }

export type AutomaticReason =
  | 'vacation'
  | 'auto-generated'
  | 'bulk'
  | 'mailing-list'
  | 'read-receipt'
  | 'delivery-receipt'
  | 'complaint'
  | 'empty-sender'

/** A mail of ours that did not arrive, or not yet. */
export type Bounce = {
  kind: 'bounce'
  /** Enhanced code (RFC 3463) such as 5.1.1; null when the report names none. */
  status: string | null
  /** False while the peer still tries, and for 4.x.x. */
  permanent: boolean
  recipient: string | null
  originalMessageId: string | null
  /** Addresses of ours that the report came back to: the VERP return path stands here. */
  relayAddresses: string[]
  diagnostic: string | null
}

export type VerdictClues = {
  isOwn(address: string): boolean
  /** Values of X-Parley-Loop that are ours; when absent any value counts as ours. */
  loopMarks?: readonly string[]
  /** As the SMTP peer gave it; '' is the empty sender of reports. */
  mailFrom?: string
  rcptTo?: readonly string[]
}

/** RFC 5321 §6.3 asks for at least 100; no honest path today comes near thirty. */
const MOST_RECEIVED = 30

export function judgeMail(mail: ParsedMail, envelope: Envelope, clues: VerdictClues): MailVerdict {
  const report = readReport(mail, envelope, clues)
  if (report) return report
  if (headerValues(mail, 'received').length > MOST_RECEIVED) return { kind: 'loop', why: 'too-many-received' }
  const loopMarks = headerValues(mail, 'x-parley-loop')
  if (loopMarks.some((mark) => clues.loopMarks?.includes(mark.trim()) ?? true))
    return { kind: 'loop', why: 'own-loop-header' }
  if (envelope.from.some(({ address }) => clues.isOwn(address))) return { kind: 'loop', why: 'from-ourselves' }
  const why = automaticReason(mail, envelope, clues)
  return why ? { kind: 'automatic', why } : { kind: 'message' }
}

function readReport(mail: ParsedMail, envelope: Envelope, clues: VerdictClues): MailVerdict | undefined {
  const contentType = headerValue(mail, 'content-type').toLowerCase()
  const has = (type: RegExp) => mail.parts.some((part) => type.test(part.type))
  if (
    /report-type="?disposition-notification/.test(contentType) ||
    has(/^message\/(?:global-)?disposition-notification$/)
  ) {
    return { kind: 'automatic', why: 'read-receipt' }
  }
  if (has(/^message\/feedback-report$/)) return { kind: 'automatic', why: 'complaint' }
  const recipients = readDeliveryStatus(mail)
  if (recipients) {
    const worst =
      recipients.find(({ action }) => action === 'failed') ?? recipients.find(({ action }) => action === 'delayed')
    const isGoodNews = recipients.length > 0 && !worst && recipients.every(({ action }) => action !== 'unknown')
    if (isGoodNews) return { kind: 'automatic', why: 'delivery-receipt' }
    return toBounce(worst ?? recipients[0], mail, envelope, clues)
  }
  return isPlainBounce(mail, envelope, clues) ? toBounce(undefined, mail, envelope, clues) : undefined
}

/** Reports of systems that never learned RFC 3464: a daemon's address, a null sender and the usual subject. */
function isPlainBounce(mail: ParsedMail, envelope: Envelope, clues: VerdictClues): boolean {
  if (headerValue(mail, 'x-failed-recipients') !== '') return true
  const isDaemon = envelope.from.some(({ address }) =>
    /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@/.test(address),
  )
  const saysSo =
    /undeliver|delivery (?:status|failure|has failed|report)|returned (?:mail|to sender)|failure notice|mail delivery|unzustellbar|non remis|échec de la remise|no entregado|non recapitabile|onbestelbaar|niedostarczon|не доставлен|未送达|退信|配信不能|配信エラー/i
  return isDaemon && (hasEmptySender(mail, clues) || saysSo.test(envelope.subject))
}

function toBounce(
  recipient: RecipientStatus | undefined,
  mail: ParsedMail,
  envelope: Envelope,
  clues: VerdictClues,
): Bounce {
  const told = mail.text?.slice(0, 64 * 1024) ?? ''
  const status = recipient?.status ?? /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(told)?.[0] ?? null
  const original = returnedHeader(mail)
  const failed =
    /[^\s<>,;]+@[^\s<>,;]+/.exec(headerValue(mail, 'x-failed-recipients'))?.[0] ??
    /^<([^<>\s@]+@[^<>\s@]+)>:/m.exec(told)?.[1]
  const addressed = [
    ...(clues.rcptTo ?? []),
    ...headerValues(mail, 'delivered-to'),
    ...envelope.to.map(({ address }) => address),
  ]
  return {
    kind: 'bounce',
    status,
    permanent: recipient?.action !== 'delayed' && !(status?.startsWith('4') ?? false),
    recipient: recipient?.recipient ?? failed?.toLowerCase() ?? null,
    originalMessageId: /<([^<>\s]+)>/.exec(original?.get('message-id') ?? '')?.[1] ?? quotedMessageId(told),
    relayAddresses: [...new Set(addressed.map((address) => address.trim().toLowerCase()))].filter((address) =>
      clues.isOwn(address),
    ),
    diagnostic: recipient?.diagnostic ?? null,
  }
}

function quotedMessageId(text: string): string | null {
  return /^\W{0,4}message-id:\s*<([^<>\s]+)>/im.exec(text)?.[1] ?? null
}

function automaticReason(mail: ParsedMail, envelope: Envelope, clues: VerdictClues): AutomaticReason | undefined {
  const autoSubmitted = headerValue(mail, 'auto-submitted').trim().toLowerCase()
  const isMarked = autoSubmitted !== '' && !autoSubmitted.startsWith('no')
  const isVacation =
    vacationSubject.test(envelope.subject) || VACATION_HEADERS.some((name) => headerValue(mail, name) !== '')
  if (autoSubmitted.startsWith('auto-replied') || isVacation) return 'vacation'
  if (isMarked) return 'auto-generated'
  const precedence = headerValue(mail, 'precedence').trim().toLowerCase()
  if (precedence === 'auto_reply') return 'vacation'
  if (LIST_HEADERS.some((name) => headerValue(mail, name) !== '')) return 'mailing-list'
  if (precedence === 'list') return 'mailing-list'
  if (precedence === 'bulk' || precedence === 'junk') return 'bulk'
  return hasEmptySender(mail, clues) ? 'empty-sender' : undefined
}

function hasEmptySender(mail: ParsedMail, clues: VerdictClues): boolean {
  return clues.mailFrom === undefined ? /^\s*<\s*>\s*$/.test(headerValue(mail, 'return-path')) : clues.mailFrom === ''
}

// RFC 3834 came late: these are what older responders set. The names differ, any value means the same.
const VACATION_HEADERS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponse',
  'x-auto-reply-from',
  'x-mail-autoreply',
  'x-autoreply-from',
  'x-vacation',
]
const LIST_HEADERS = ['list-id', 'list-post', 'list-unsubscribe', 'list-help', 'mailing-list', 'x-mailing-list']

/** Set by programs in front of the subject; a person's "out of office" comes later in the line. */
const vacationSubject =
  /^\s*(?:auto(?:matic|mated)?[ -]?(?:re(?:ply|sponse)|answer)\b|out of (?:the )?office\b|on (?:vacation|annual leave)\s*:|automatische (?:antwort|reply|abwesenheits)|abwesenheitsnotiz|abwesend\s*:|automatisch antwoord|afwezig(?:heid)?\b.{0,12}:|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina|resposta automática|fora do escritório|risposta automatica|fuori (?:sede|ufficio)|automatisk (?:svar|svarmeddelelse)|autosvar|frånvaro|automaattinen vastaus|poissa\s*:|automatyczna odpowiedź|odpowiedź automatyczna|automatická odpověď|automatické odpovede|automatická odpoveď|автоматический ответ|автоответ|автоматична відповідь|automatikus válasz|răspuns automat|αυτόματη απάντηση|otomatik yanıt|ofis dışında|תשובה אוטומטית|رد تلقائي|الرد التلقائي|پاسخ خودکار|自动回复|自動回覆|自動応答|自動返信|不在通知|자동 회신|부재중|trả lời tự động|balasan otomatis|ตอบกลับอัตโนมัติ)/iu
