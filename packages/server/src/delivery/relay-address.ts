import { createHash, randomBytes } from 'node:crypto'
import type {
  AccountId,
  AddressId,
  ConversationId,
  Medium,
  OfferId,
  PersonId,
  PlaceInvitationId,
  RelayId,
  TicketId,
} from '@parley/model'
import { newId } from '@parley/model'
import { type Kysely, sql } from 'kysely'
import type { Tables, Writer } from '../db/index.ts'
import type { ParticipantPlace, Structure } from '../road/index.ts'
import { allotPooled, isPooled } from './pooled-place.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** 130 random bits in lower-case base32: some mail systems fold case. */
export function newRelayToken(): string {
  return Array.from(randomBytes(26), (byte) => alphabet[byte & 31]).join('')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * The address that a reply to this participant's mails goes to: made when it is first needed. It stands for their place, unless the site
 * lets nobody answer one alone.
 */
export async function relayForParticipant(
  tx: Writer,
  structure: Structure,
  participant: ParticipantPlace,
  now: Date,
): Promise<RelayId> {
  const { medium, address, person } = participant
  const { account, conversation } = structure
  const { privateAnswers } = structure.policy.window
  const forPlace = (reach: Reach, place: ParticipantPlace) =>
    relayFor(tx, structure, place, { medium, reach, address }, now)
  // What is answered behind the back of who asks goes there, and nowhere else.
  if (isBehind(structure, participant)) return forPlace('one', participant)
  // Hangs on the first place that the person had here, so that it stays the same however many join.
  const first =
    structure.participants.find((place) => place.person === person && !isBehind(structure, place)) ?? participant
  const places = openExchanges(structure, person)
  // Numbers are few: an asker has a single place on one here, until there are several people whom they may answer one by one.
  if (participant.role === 'initiator' && (await isPooled(tx, { account, medium, person, conversation }))) {
    if (!privateAnswers) return forPlace('all', first)
    return forPlace('one', places.length < 2 ? first : participant)
  }
  const one = await forPlace('one', participant)
  if (places.length < 2) return one
  if (privateAnswers && (await isPooled(tx, { account, medium, person, conversation }))) return one
  const all = await forPlace('all', first)
  return privateAnswers ? one : all
}

function isBehind(structure: Structure, { interaction }: ParticipantPlace): boolean {
  return structure.interactions.get(interaction)?.kind === 'backchannel'
}

function openExchanges(structure: Structure, person: PersonId): ParticipantPlace[] {
  return structure.participants.filter((own) => {
    const interaction = structure.interactions.get(own.interaction)
    return own.person === person && !own.left && interaction?.kind === 'exchange' && interaction.state === 'open'
  })
}

async function relayFor(
  tx: Writer,
  structure: Structure,
  participant: ParticipantPlace,
  { medium, reach, address }: { medium: Medium; reach: Reach; address: AddressId | null },
  now: Date,
): Promise<RelayId> {
  // Someone asked at several addresses has one for each; the oldest stays theirs. A number stands for a place only towards one of theirs.
  const { rows } = await sql<{ relay_id: RelayId }>`
    select relay_id from relay_address
    where account_id = ${structure.account} and participant_id = ${participant.id} and medium = ${medium} and reach = ${reach}
      and state = 'active' and (peer_key is null or peer_key = (select value_key from address
        where account_id = ${structure.account} and address_id = ${address}))
    order by relay_id limit 1`.execute(tx)
  const [found] = rows
  if (found) return found.relay_id
  const ticket = structure.interactions.get(participant.interaction)?.ticket
  if (!ticket) throw new Error('a participant without an interaction')
  return makeRelay(tx, {
    account: structure.account,
    medium,
    person: participant.person,
    conversation: structure.conversation,
    ticket,
    place: { participant: participant.id },
    reach,
    address,
    now,
  })
}

/** One exchange, or everyone who is in a conversation with that person. */
type Reach = 'one' | 'all'

export async function makeRelay(
  tx: Writer,
  relay: {
    account: AccountId
    medium: Medium
    person: PersonId
    conversation: ConversationId
    ticket: TicketId
    place: { participant: ParticipantPlace['id'] } | { offer: OfferId } | { invitation: PlaceInvitationId }
    reach?: Reach
    /** The reader's address that it is for: where the medium has numbers of ours, one of them is allotted. */
    address?: AddressId | null
    now: Date
  },
): Promise<RelayId> {
  const token = newRelayToken()
  const pooled = relay.address ? await allotPooled(tx, { ...relay, address: relay.address }) : null
  const id = newId<RelayId>()
  await tx
    .insertInto('relay_address')
    .values({
      account_id: relay.account,
      relay_id: id,
      token,
      token_hash: hashToken(token),
      medium: relay.medium,
      person_id: relay.person,
      conversation_id: relay.conversation,
      ticket_id: relay.ticket,
      participant_id: 'participant' in relay.place ? relay.place.participant : null,
      offer_id: 'offer' in relay.place ? relay.place.offer : null,
      invitation_id: 'invitation' in relay.place ? relay.place.invitation : null,
      reach: relay.reach ?? 'one',
      state: 'active',
      created_at: relay.now,
      ...pooled,
    })
    .execute()
  return id
}

/**
 * Addresses of conversations that were closed, and of participants who left, before `before`: the token is forgotten, and its hash stays,
 * so that it answers 550 and is never given to anybody else. Looks only at what has ended and was not looked at since.
 */
export async function retireRelays(db: Kysely<Tables>, before: Date, now: Date, most: number): Promise<number> {
  const ended = await sql`
    with ended as (
      select account_id, conversation_id from conversation
      where state = 'closed' and (relays_retired_at is null or relays_retired_at < ends_at) and ends_at < ${before}
      order by ends_at limit ${most} for update skip locked
    ), marked as (
      update conversation c set relays_retired_at = ${now} from ended e
      where c.account_id = e.account_id and c.conversation_id = e.conversation_id
    )
    update relay_address r set state = 'retired', token = null from ended e
    where r.account_id = e.account_id and r.conversation_id = e.conversation_id and r.state = 'active'`.execute(db)
  const left = await sql`
    with gone as (
      select account_id, participant_id from participant
      where left_at is not null and merged_into is null and (relays_retired_at is null or relays_retired_at < left_at) and left_at < ${before}
      order by left_at limit ${most} for update skip locked
    ), marked as (
      update participant p set relays_retired_at = ${now} from gone g
      where p.account_id = g.account_id and p.participant_id = g.participant_id
    )
    update relay_address r set state = 'retired', token = null from gone g
    where r.account_id = g.account_id and r.participant_id = g.participant_id and r.state = 'active'`.execute(db)
  return Number(ended.numAffectedRows ?? 0) + Number(left.numAffectedRows ?? 0)
}
