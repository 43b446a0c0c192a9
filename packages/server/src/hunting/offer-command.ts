import type { AccountId, AddressId, Medium, OfferId } from '@parley/model'
import type { OfferCommand } from '@parley/rules'
import { recordOnce } from '../conversations/index.ts'
import { isLastAdministrator } from '../people/index.ts'
import type { Road } from '../road/index.ts'
import { askNextIfNobodyIsLeft } from './ask-people.ts'
import type { FindOffer } from './find-offer.ts'
import { wakePlaces } from './look-at-places.ts'
import { wakeHunts } from './wake-hunts.ts'
import { tellCandidate } from './withdraw-offers.ts'

/**
 * A candidate declined this question, or wants to pause, stop or go on with questions altogether. None of these is an answer, none takes
 * a place; each is confirmed over the medium that it came by. One that came by mail brings the mail's key: arriving twice it is done and
 * confirmed once.
 */
export async function takeOfferCommand(
  road: Road,
  wanted: {
    account: AccountId
    offer: OfferId
    via: { medium: Medium; address: AddressId | null }
    command: OfferCommand
    key?: Buffer
  },
  find: FindOffer,
): Promise<'done' | 'repeated' | 'not-there'> {
  const offer = await find(wanted.account, wanted.offer)
  if (!offer) return 'not-there'
  const done = await road.inConversation(wanted.account, offer.conversation_id, async (turn) => {
    const { tx, now } = turn
    const { offer_id, person_id, conversation_id, ticket_id } = offer
    const event = {
      account: wanted.account,
      conversation: conversation_id,
      ticket: ticket_id,
      person: person_id,
      kind: 'offer-command',
      facts: { command: wanted.command.kind, offer: offer_id },
    }
    if (wanted.key && !(await recordOnce(tx, event, wanted.key, now))) return 'repeated'
    await tx
      .updateTable('offer')
      .set({ state: 'declined', updated_at: now })
      .where('account_id', '=', wanted.account)
      .where('offer_id', '=', offer.offer_id)
      .where('state', 'in', ['open', 'waiting'])
      .execute()
    const wish = newState[wanted.command.kind]
    // Who alone administers the account hears nothing more either, and keeps it.
    const state = wish === 'left' && (await isLastAdministrator(tx, wanted.account, person_id)) ? 'paused' : wish
    if (state) {
      await tx
        .updateTable('responder')
        .set({ state, ...(state === 'left' ? { role: 'responder' as const } : {}) })
        .where('account_id', '=', wanted.account)
        .where('person_id', '=', offer.person_id)
        // Whom an administrator removed does not come back by an old mail.
        .where('state', 'in', ['active', 'paused', 'left'])
        .execute()
    }
    await tellCandidate(turn, offer, wanted.via, confirmations[wanted.command.kind])
    turn.changed.push({ person: offer.person_id, what: 'offers' })
    if (state === 'left') await wakePlaces(tx, wanted.account, person_id, now)
    if (state === 'active') await wakeHunts(tx, wanted.account, now)
    await askNextIfNobodyIsLeft(turn, ticket_id)
    return 'done'
  })
  return done ?? 'not-there'
}

const newState = { decline: null, pause: 'paused', stop: 'left', resume: 'active' } as const
const confirmations = { decline: 'declined', pause: 'paused', stop: 'stopped', resume: 'resumed' } as const
