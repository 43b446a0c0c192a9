import type { AccountId, OfferId } from '@parley/model'
import type { Road, Say } from '../road/index.ts'
import { decide, type OfferDecided } from './decide-answer.ts'
import { type FindOffer, lockOffer } from './find-offer.ts'
import { settleIfFull } from './settle-waiting.ts'

export interface OfferAnswer {
  readonly account: AccountId
  readonly offer: OfferId
  /** What is said, all but where: that is decided here. */
  readonly say: Omit<Say, 'to'>
}

export type OfferAnswered = OfferDecided | { outcome: 'not-there' } | { outcome: 'repeated' }

/**
 * A candidate has answered. Whether that gives a place is decided in the transaction that stores the answer, under the conversation's
 * lock: with N places and a hundred answers at once exactly N are admitted, and each of the others is told (A10).
 */
export async function answerOffer(road: Road, answer: OfferAnswer, find: FindOffer): Promise<OfferAnswered> {
  const known = await find(answer.account, answer.offer)
  if (!known || known.person_id !== answer.say.person) return { outcome: 'not-there' }
  const answered = await road.inConversation(answer.account, known.conversation_id, async (turn) => {
    const taken = await turn.tx
      .selectFrom('message')
      .select('message_id')
      .where('account_id', '=', answer.account)
      .where('key', '=', answer.say.key)
      .executeTakeFirst()
    if (taken) return { outcome: 'repeated' } as const
    const offer = await lockOffer(turn.tx, answer.account, answer.offer)
    const key = answer.say.key.toString('base64')
    if (offer.kept.some((kept) => kept.key === key)) return { outcome: 'repeated' } as const
    const answered = await decide(turn, offer, answer.say, { at: turn.now, isGraceOver: false })
    // With the last place taken, whatever waited for a better answer is late.
    if (answered.outcome === 'admitted') await settleIfFull(turn, offer.ticket_id)
    return answered
  })
  return answered ?? { outcome: 'not-there' }
}
