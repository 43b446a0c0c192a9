import type { AttachmentId, MessageId } from '@parley/model'
import type { RefusalReason, Say as SayFrame } from '@parley/protocol'
import { maySee } from '@parley/rules'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { type MessageForm, type Structure, spansOf } from '../road/index.ts'
import { echoKey } from './said-text.ts'
import type { Holder } from './short-token.ts'

export type Prepared =
  | { ok: true; text: string; attachments: AttachmentId[]; form: MessageForm | null }
  | { ok: false; refusal: RefusalReason }

export type PrepareSay = (holder: Holder, structure: Structure, frame: SayFrame) => Promise<Prepared>

/** Does the frame bring nothing but its text? */
export function isTextOnly({ attachments, form, ask }: SayFrame): boolean {
  return !form && !ask && (attachments === undefined || attachments.length === 0)
}

/** A frame that brings nothing but its text. */
export function prepareText({ text }: SayFrame): Prepared {
  return text.trim() === '' ? { ok: false, refusal: 'text-empty' } : { ok: true, text, attachments: [], form: null }
}

/** What a frame brings besides its text: files that its sender uploaded and did not use yet, a small form, or the answers to one. */
export function prepareSayIn(db: Database): PrepareSay {
  return async (holder, structure, frame) => {
    const attachments = await unusedUploads(db, holder, frame.attachments ?? [])
    if (!attachments) return { ok: false, refusal: 'attachment-not-there' }
    if (frame.form) return answerForm(db, holder, structure, frame.form, echoKey(holder.person, frame.id))
    if (frame.ask) {
      if (holder.kind !== 'responder') return { ok: false, refusal: 'not-allowed' }
      return { ok: true, text: frame.text, attachments, form: { kind: 'ask', fields: frame.ask } }
    }
    if (frame.text.trim() === '' && attachments.length === 0) return { ok: false, refusal: 'text-empty' }
    return { ok: true, text: frame.text, attachments, form: null }
  }
}

async function unusedUploads(db: Database, holder: Holder, wanted: readonly string[]): Promise<AttachmentId[] | null> {
  if (wanted.length === 0) return []
  const ids = wanted as AttachmentId[]
  const found = await db.read(holder.account, (reader) =>
    reader
      .selectFrom('attachment')
      .select('attachment_id')
      .where('account_id', '=', holder.account)
      .where('person_id', '=', holder.person)
      .where('attachment_id', 'in', ids)
      .where('held_id', 'is', null)
      .execute(),
  )
  // One that a repeated frame already placed is found too: the road then answers the repetition.
  return found.length === new Set(ids).size ? ids : null
}

/**
 * The answers become a message of the one who answers, shared on purpose and so not masked. A form is answered once: what passes here in
 * the same moment as another answer cannot be stored, and learns why when it is sent again.
 */
async function answerForm(
  db: Database,
  holder: Holder,
  structure: Structure,
  form: NonNullable<SayFrame['form']>,
  key: Buffer,
): Promise<Prepared> {
  const asked = await db.read(holder.account, (reader) =>
    reader
      .selectFrom('message')
      .innerJoin('placement', (join) =>
        join
          .onRef('placement.account_id', '=', 'message.account_id')
          .onRef('placement.message_id', '=', 'message.message_id'),
      )
      .leftJoin('message as answer', (join) =>
        join
          .onRef('answer.account_id', '=', 'message.account_id')
          .on('answer.kind', '=', 'answer')
          .on(sql`answer.form->>'of'`, '=', form.message),
      )
      .select(['message.form', 'placement.interaction_id', 'placement.position', 'answer.key as answered_by'])
      .where('message.account_id', '=', holder.account)
      .where('message.message_id', '=', form.message as MessageId)
      .where('placement.conversation_id', '=', structure.conversation)
      .executeTakeFirst(),
  )
  const asks = asked?.form as MessageForm | null | undefined
  if (
    !asked ||
    asks?.kind !== 'ask' ||
    !maySee(spansOf(structure, holder.person), asked.interaction_id, asked.position)
  ) {
    return { ok: false, refusal: 'not-there' }
  }
  if (asked.answered_by && !asked.answered_by.equals(key)) return { ok: false, refusal: 'form-answered' }
  const names = new Set(asks.fields.map(({ name }) => name))
  if (Object.keys(form.answers).some((name) => !names.has(name))) return { ok: false, refusal: 'unknown-choice' }
  const lines: string[] = []
  for (const field of asks.fields) {
    const answer = form.answers[field.name]?.trim() ?? ''
    if (answer === '' && field.required) return { ok: false, refusal: 'form-incomplete' }
    if (answer !== '' && field.choices && !field.choices.includes(answer))
      return { ok: false, refusal: 'unknown-choice' }
    if (answer !== '') lines.push(`${field.label}: ${answer}`)
  }
  if (lines.length === 0) return { ok: false, refusal: 'form-incomplete' }
  return {
    ok: true,
    text: lines.join('\n'),
    attachments: [],
    form: { kind: 'answer', of: form.message as MessageId, answers: form.answers },
  }
}
