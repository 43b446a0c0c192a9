import type { AddressId, Medium, OfferId, TicketId } from '@parley/model'
import type { NotAdmittedBecause } from '@parley/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Notice } from '../db/index.ts'
import { enqueue } from '../delivery/index.ts'
import type { Turn } from '../road/index.ts'
import type { OfferRow } from './find-offer.ts'

/** The place is taken: every other open offer is withdrawn, and each candidate is told over the media on which they were asked. */
export async function withdrawOthers(turn: Turn, ticket: TicketId, admitted: OfferId | null): Promise<void> {
  await withdraw(turn, sql<boolean>`ticket_id = ${ticket} and offer_id is distinct from ${admitted}::uuid`, {
    template: 'question-taken',
    params: {},
  })
}

/** The conversation ends: nobody is to answer what nobody waits for. */
export async function withdrawAll(turn: Turn): Promise<void> {
  const { conversation } = turn.structure
  await withdraw(turn, sql<boolean>`conversation_id = ${conversation}`, { template: 'question-withdrawn', params: {} })
}

/** A ticket ends, and its conversation goes on: nobody is asked about it any more. */
export async function endHunt(turn: Turn, ticket: TicketId): Promise<void> {
  await withdraw(turn, sql<boolean>`ticket_id = ${ticket}`, { template: 'question-withdrawn', params: {} })
}

/** What became known shows that these do not want such a question. */
export async function withdrawUnwanted(turn: Turn, offers: readonly OfferId[]): Promise<void> {
  await withdraw(turn, sql<boolean>`offer_id = any(${offers}::uuid[])`, { template: 'question-changed', params: {} })
}

/** Offers of a ticket whose time has run out: nobody is told, or asked for an answer, twice. */
export async function expireOffers(turn: Turn, ticket: TicketId): Promise<number> {
  const which = sql<boolean>`ticket_id = ${ticket} and expires_at <= ${turn.now}`
  return withdraw(turn, which, { template: 'question-expired', params: {} }, 'expired')
}

async function withdraw(
  turn: Turn,
  which: RawBuilder<boolean>,
  notice: Notice,
  state: 'withdrawn' | 'expired' = 'withdrawn',
): Promise<number> {
  const { tx, now, structure } = turn
  const open = await tx
    .selectFrom('offer')
    .select(['offer_id', 'person_id'])
    .where('account_id', '=', structure.account)
    .where('state', '=', 'open')
    .where(which)
    .orderBy('offer_id')
    .forUpdate()
    .execute()
  for (const { offer_id, person_id } of open) {
    await tx
      .updateTable('offer')
      .set({ state, updated_at: now })
      .where('account_id', '=', structure.account)
      .where('offer_id', '=', offer_id)
      .execute()
    turn.changed.push({ person: person_id, what: 'offers' })
    const asked = await tx
      .selectFrom('delivery')
      .select(['delivery_id', 'address_id', 'medium', 'relay_id', 'state', 'maybe_twice'])
      .where('account_id', '=', structure.account)
      .where('offer_id', '=', offer_id)
      .where('kind', '=', 'offer')
      .orderBy('sequence')
      // The outbox may be about to send it: either it is on its way and they are told, or it never leaves.
      .forUpdate()
      .execute()
    const told = new Set<AddressId>()
    for (const delivery of asked) {
      const hasLeft = delivery.state !== 'queued' || delivery.maybe_twice
      // What has not left yet need not leave: nobody wants to be asked and told in one breath.
      if (delivery.state === 'queued') {
        await tx
          .updateTable('delivery')
          .set({ state: 'replaced', reason: 'offer-withdrawn', updated_at: now })
          .where('account_id', '=', structure.account)
          .where('delivery_id', '=', delivery.delivery_id)
          .execute()
      }
      const isKnown = hasLeft && delivery.state !== 'failed' && delivery.state !== 'replaced'
      if (isKnown && !told.has(delivery.address_id)) {
        told.add(delivery.address_id)
        await enqueue(
          tx,
          [
            {
              account: structure.account,
              owner: offer_id,
              person: person_id,
              address: delivery.address_id,
              medium: delivery.medium,
              conversation: structure.conversation,
              interaction: null,
              participant: null,
              what: { kind: 'notice', notice, offer: offer_id },
              relay: delivery.relay_id,
            },
          ],
          now,
        )
      }
    }
  }
  return open.length
}

/** Answer a candidate kindly, over the medium that they used. At the desk the answer of the call itself tells. */
export async function tellCandidate(
  turn: Turn,
  offer: OfferRow,
  via: { medium: Medium; address: AddressId | null },
  because: NotAdmittedBecause | 'declined' | 'paused' | 'stopped' | 'resumed',
): Promise<void> {
  const { structure, tx, now } = turn
  // Their own answer is answered: the word to everyone that the place is taken, where it has not left yet, would say it twice.
  await tx
    .updateTable('delivery')
    .set({ state: 'replaced', reason: 'told-otherwise', updated_at: now })
    .where('account_id', '=', structure.account)
    .where('offer_id', '=', offer.offer_id)
    .where('kind', '=', 'notice')
    .where('state', '=', 'queued')
    .where('attempts', '=', 0)
    .where(sql<boolean>`notice->>'template' = 'question-taken'`)
    .execute()
  if (via.address === null) return
  const relay = await tx
    .selectFrom('relay_address')
    .select('relay_id')
    .where('account_id', '=', structure.account)
    .where('offer_id', '=', offer.offer_id)
    .where('medium', '=', via.medium)
    .executeTakeFirst()
  await enqueue(
    tx,
    [
      {
        account: structure.account,
        owner: offer.offer_id,
        person: offer.person_id,
        address: via.address,
        medium: via.medium,
        conversation: structure.conversation,
        interaction: null,
        participant: null,
        what: { kind: 'notice', notice: { template: templateFor(because), params: {} }, offer: offer.offer_id },
        relay: relay?.relay_id ?? null,
      },
    ],
    now,
  )
}

/** The word that answers somebody who was asked: what they are told at the desk, too. */
export function templateFor(because: string): string {
  return because === 'place-lost' ? 'place-left' : `offer-${because}`
}
