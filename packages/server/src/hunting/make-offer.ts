import type { OfferId, RelayId, TicketId } from '@parley/model'
import { newId, oneWayMedia } from '@parley/model'
import type { CandidateVerdict, ConditionVerdict, MoveReason } from '@parley/rules'
import { enqueue, enqueueNudges, makeRelay } from '../delivery/index.ts'
import type { Turn } from '../road/index.ts'
import type { Candidate } from './read-candidates.ts'
import { excerptColumns, whyColumn } from './seal-offer.ts'

/** Why somebody is asked, as it stands on the offer and is put into words at the desk. */
export interface WhyAsked {
  /** The wishes that this meets, as they were written. */
  readonly matched: readonly { readonly about: ConditionVerdict['about']; readonly wanted: string }[]
  readonly because: CandidateVerdict['because']
  /** What counted where people were ranked, each from 0 to 1. */
  readonly parts?: CandidateVerdict['parts']
  /** They, or their team, were asked for by name. */
  readonly named?: true
  /** They have helped this visitor before. */
  readonly together?: true
  /** The conversation comes from somebody else. */
  readonly moved?: MoveReason
}

/** Ask somebody, over every address at which they want questions now. Whoever was asked on this ticket before is asked over the same relay addresses again. */
export async function makeOffer(
  turn: Turn,
  ticket: TicketId,
  asked: {
    readonly candidate: Candidate
    readonly why: WhyAsked
    readonly excerpt: string
    /** What whoever had it before tells the next. */
    readonly note: string | null
    readonly isSealed: boolean
    readonly wave: number
    readonly expiresAt: Date | null
    readonly invited: boolean
    readonly again: OfferId | null
  },
): Promise<void> {
  const { structure, tx, now } = turn
  const { account, conversation } = structure
  const { candidate, wave, invited } = asked
  const id = asked.again ?? newId<OfferId>()
  const current = {
    state: 'open',
    why: await whyColumn(turn, { id, ticket }, asked.why, asked.isSealed),
    ...(await excerptColumns(turn, { id, ticket }, asked, asked.isSealed)),
    wave,
    invited,
    expires_at: asked.expiresAt,
    news: false,
    created_at: now,
    updated_at: now,
  } as const
  if (asked.again) {
    await tx.updateTable('offer').set(current).where('account_id', '=', account).where('offer_id', '=', id).execute()
  } else {
    await tx
      .insertInto('offer')
      .values({
        account_id: account,
        offer_id: id,
        conversation_id: conversation,
        ticket_id: ticket,
        person_id: candidate.person,
        ...current,
      })
      .execute()
  }
  const relays = asked.again ? await relaysOf(turn, id) : new Map<string, RelayId>()
  await deliver(turn, ticket, id, candidate, relays)
  turn.changed.push({ person: candidate.person, what: 'offers' })
}

/** What is known now goes to somebody who is asked: the question itself, or what has become known since. */
export async function sendOffer(
  turn: Turn,
  ticket: TicketId,
  offer: OfferId,
  to: Pick<Candidate, 'person' | 'addresses'>,
): Promise<void> {
  await deliver(turn, ticket, offer, to, await relaysOf(turn, offer))
}

async function deliver(
  turn: Turn,
  ticket: TicketId,
  offer: OfferId,
  { person, addresses }: Pick<Candidate, 'person' | 'addresses'>,
  relays: ReadonlyMap<string, RelayId>,
): Promise<void> {
  const { structure, tx, now } = turn
  const { account, conversation } = structure
  const oneWay = addresses.filter(({ medium }) => oneWayMedia.includes(medium))
  const what = { template: 'nudge-question', params: {} }
  const place = { account, owner: offer, offer, person, conversation, interaction: null, participant: null }
  await enqueueNudges(tx, { ...place, addresses: oneWay, what }, now)
  for (const { id: address, medium } of addresses) {
    if (oneWayMedia.includes(medium)) continue
    const relay =
      relays.get(address) ??
      (await makeRelay(tx, { account, medium, person, conversation, ticket, place: { offer }, address, now }))
    await enqueue(
      tx,
      [
        {
          account,
          owner: offer,
          person,
          address,
          medium,
          conversation,
          interaction: null,
          participant: null,
          what: { kind: 'offer', offer },
          relay,
        },
      ],
      now,
    )
  }
}

/** By the address that it was made for: a reply to any mail about this question goes on working. */
async function relaysOf(turn: Turn, offer: OfferId): Promise<Map<string, RelayId>> {
  const rows = await turn.tx
    .selectFrom('delivery')
    .innerJoin('relay_address', (join) =>
      join
        .onRef('relay_address.account_id', '=', 'delivery.account_id')
        .onRef('relay_address.relay_id', '=', 'delivery.relay_id'),
    )
    .select(['delivery.address_id', 'relay_address.relay_id'])
    .where('delivery.account_id', '=', turn.structure.account)
    .where('delivery.conversation_id', '=', turn.structure.conversation)
    .where('delivery.offer_id', '=', offer)
    .where('delivery.kind', '=', 'offer')
    .where('relay_address.state', '=', 'active')
    .execute()
  return new Map(rows.map((row) => [row.address_id, row.relay_id]))
}
