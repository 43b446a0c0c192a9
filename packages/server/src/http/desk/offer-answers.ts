import type { AttachmentId, OfferId } from '@parley/model'
import type { AnswerOfferResponse } from '@parley/protocol'
import type { FastifyReply } from 'fastify'
import { templateFor } from '../../hunting/index.ts'
import type { Holder } from '../../realtime/index.ts'
import { isWordKey, word } from '../../words/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'

export function lateText(language: string, because: string): string {
  const key = templateFor(because)
  return word(language, isWordKey(key) ? key : 'offer-slots-taken')
}

/** The same answer arrived again: the desk lost the first reply, and gets what became of it. */
export async function repeatedAnswer(
  context: HttpContext,
  holder: Holder,
  offer: OfferId,
  reply: FastifyReply,
): Promise<AnswerOfferResponse | FastifyReply> {
  const found = await context.db.read(holder.account, (reader) =>
    reader
      .selectFrom('offer')
      .leftJoin('interaction', (join) =>
        join
          .onRef('interaction.account_id', '=', 'offer.account_id')
          .onRef('interaction.ticket_id', '=', 'offer.ticket_id')
          .on('interaction.kind', '=', 'exchange'),
      )
      .leftJoin('participant', (join) =>
        join
          .onRef('participant.account_id', '=', 'interaction.account_id')
          .onRef('participant.interaction_id', '=', 'interaction.interaction_id')
          .on('participant.person_id', '=', holder.person),
      )
      .select(['offer.state', 'offer.conversation_id', 'participant.interaction_id'])
      .where('offer.account_id', '=', holder.account)
      .where('offer.offer_id', '=', offer)
      .where('offer.person_id', '=', holder.person)
      .orderBy('participant.interaction_id', (order) => order.asc().nullsLast())
      .executeTakeFirst(),
  )
  if (!found) return refuse(reply, 'not-there', holder.language)
  return found.state === 'admitted' && found.interaction_id
    ? { outcome: 'admitted', conversation: found.conversation_id, interaction: found.interaction_id }
    : { outcome: 'late', text: lateText(holder.language, 'slots-taken') }
}

export async function ownUploads(
  context: HttpContext,
  holder: Holder,
  wanted: readonly AttachmentId[],
): Promise<boolean> {
  if (wanted.length === 0) return true
  const found = await context.db.read(holder.account, (reader) =>
    reader
      .selectFrom('attachment')
      .select('attachment_id')
      .where('account_id', '=', holder.account)
      .where('person_id', '=', holder.person)
      .where('attachment_id', 'in', [...wanted])
      .execute(),
  )
  return found.length === new Set(wanted).size
}
