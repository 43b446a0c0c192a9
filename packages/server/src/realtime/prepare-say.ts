import type { AccountId, AttachmentId, InteractionId, MessageId, PersonId } from '@parley/model'
import type { RefusalReason, Say as SayFrame } from '@parley/protocol'
import { maySee } from '@parley/rules'
import { sql } from 'kysely'
import type { Database, Reader } from '../db/index.ts'
import { type MessageForm, type Structure, spansOf } from '../road/index.ts'
import { echoKey } from './said-text.ts'
import type { Holder } from './short-token.ts'

export type Prepared =
  | { ok: true; text: string; attachments: AttachmentId[]; form: MessageForm | null; sharedIn?: InteractionId }
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
    if (frame.form)
      return answerForm(db, holder, structure, { ...frame, form: frame.form }, echoKey(holder.person, frame.id))
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
 * The answers become a message of the one who answers, shared on purpose where somebody of the other side asked for them. A form is answered
 * once, as far as its reader can know: what passes here in the same moment as another answer cannot be stored, and learns why when it is sent
 * again.
 */
async function answerForm(
  db: Database,
  holder: Holder,
  structure: Structure,
  { to, form }: { to: SayFrame['to']; form: NonNullable<SayFrame['form']> },
  key: Buffer,
): Promise<Prepared> {
  const spans = spansOf(structure, holder.person)
  const isSeen = ({ interaction, position }: Place) => maySee(spans, interaction, position)
  const places = await db.read(holder.account, (reader) => findPlaces(reader, holder.account, form.message))
  const { asked = [], answers = [] } = Object.groupBy(places, ({ id }) => (id === form.message ? 'asked' : 'answers'))
  const seen = asked.filter(isSeen)
  const place = seen.find(({ interaction }) => 'interaction' in to && interaction === to.interaction) ?? seen[0]
  const asks = place?.form
  if (!place || asks?.kind !== 'ask') return { ok: false, refusal: 'not-there' }
  const others = answers.filter((answer) => !answer.key.equals(key))
  if (others.some((answer) => answer.person === holder.person || isSeen(answer))) {
    return { ok: false, refusal: 'form-answered' }
  }
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
  const sharedIn = isAskedOfOtherSide(structure, place) ? { sharedIn: place.interaction } : {}
  // Somebody answered where this reader does not see it: it stays their words, and tells nobody.
  const answer: MessageForm | null =
    others.length > 0 ? null : { kind: 'answer', of: form.message as MessageId, answers: form.answers }
  return { ok: true, text: lines.join('\n'), attachments: [], form: answer, ...sharedIn }
}

/** A form, or an answer to it, where it stands. */
interface Place {
  readonly id: string
  readonly interaction: InteractionId
  readonly position: number
  readonly person: PersonId
  readonly form: MessageForm | null
  readonly key: Buffer
}

async function findPlaces(db: Reader, account: AccountId, form: string): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select m.message_id as id, p.interaction_id as interaction, p.position, m.person_id as person, m.form, m.key
    from message m join placement p on p.account_id = m.account_id and p.message_id = m.message_id
    where m.account_id = ${account}
      and (m.message_id = ${form} or (m.kind = 'answer' and m.form->>'of' = ${form}))`.execute(db)
  return rows
}

/** Somebody who asks is asked by one who is there for them. */
function isAskedOfOtherSide(structure: Structure, { interaction, person }: Place): boolean {
  const by = structure.participants.find((own) => own.interaction === interaction && own.person === person)
  const isBetween = structure.kind !== 'own' && structure.interactions.get(interaction)?.kind === 'exchange'
  return isBetween && by !== undefined && by.role !== 'initiator'
}
