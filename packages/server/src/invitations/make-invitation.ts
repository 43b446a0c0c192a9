import {
  type AddressId,
  days,
  type InteractionId,
  type Medium,
  newId,
  oneWayMedia,
  type PersonId,
  type PlaceInvitationId,
  type TicketId,
} from '@parley/model'
import { addressesNow, type History, type Hours, isSealedIn, screen } from '@parley/rules'
import { sealingOf } from '../db/index.ts'
import { enqueue, enqueueNudges, makeRelay } from '../delivery/index.ts'
import { identitiesBeside, type Turn } from '../road/index.ts'

/** So long it can be accepted. */
const lastsMs = days(14)

export interface NewInvitation {
  readonly interaction: InteractionId
  readonly ticket: TicketId
  readonly person: PersonId
  readonly by: PersonId
  /** Who asks, as they are called there. */
  readonly named: string
  /** What its inviter wrote into it: all that is shown of it. */
  readonly note: string
  readonly history: History
  readonly historyOf: InteractionId
  /** Where they were named; null: wherever they want to be asked now. */
  readonly at: AddressId | null
}

/**
 * Asks somebody into an interaction, over their addresses, each with an address of ours of its own at which a reply accepts (as an offer's
 * does), and at the desk. It gives no right and tells nothing but what was written into it.
 */
export async function makeInvitation(turn: Turn, wanted: NewInvitation): Promise<PlaceInvitationId> {
  const { structure, tx, now } = turn
  const { account, conversation } = structure
  const { person, interaction } = wanted
  const id = newId<PlaceInvitationId>()
  await closeExpired(turn, interaction, person)
  await tx
    .insertInto('place_invitation')
    .values({
      account_id: account,
      invitation_id: id,
      conversation_id: conversation,
      interaction_id: interaction,
      person_id: person,
      invited_by: wanted.by,
      named: wanted.named,
      ...(await noteColumns(turn, id, wanted)),
      history: JSON.stringify({ of: wanted.history }),
      history_of: wanted.historyOf,
      state: 'open',
      created_at: now,
      updated_at: now,
      expires_at: new Date(now.getTime() + lastsMs),
    })
    .execute()
  await deliver(turn, id, wanted)
  turn.changed.push({ person, what: 'invitations' })
  return id
}

/** One whose time is over stands in the way of the next no more. */
async function closeExpired({ tx, structure, now }: Turn, interaction: InteractionId, person: PersonId): Promise<void> {
  await tx
    .updateTable('place_invitation')
    .set({ state: 'withdrawn', updated_at: now })
    .where('account_id', '=', structure.account)
    .where('interaction_id', '=', interaction)
    .where('person_id', '=', person)
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .execute()
}

/** As what is said in the conversation would be: nobody's address leaves it in a note. */
function screened({ structure }: Turn, by: PersonId, note: string): string {
  return screen(note, {
    mask: structure.policy.screening.responder === 'mask' ? 'all' : 'none',
    style: 'dots',
    known: identitiesBeside(structure, by),
    countries: structure.policy.countries,
  }).text
}

/** Sealed where what it leads to is, or what it was opened from. */
async function noteColumns(
  turn: Turn,
  id: PlaceInvitationId,
  { note: written, by, interaction, historyOf }: NewInvitation,
): Promise<{ note: string; encryption: 'none' | 'sealed' }> {
  const { structure, tx } = turn
  const note = screened(turn, by, written)
  if (![interaction, historyOf].some((one) => isSealedIn(structure, one))) return { note, encryption: 'none' }
  if (note === '') return { note, encryption: 'sealed' }
  const { account, values } = sealingOf(tx)
  const place = { table: 'place_invitation', column: 'note', row: id }
  return {
    note: await values.seal(account, { conversation: structure.conversation, by }, place, { text: note }),
    encryption: 'sealed',
  }
}

async function deliver(
  turn: Turn,
  invitation: PlaceInvitationId,
  { person, ticket, at }: Pick<NewInvitation, 'person' | 'ticket' | 'at'>,
): Promise<void> {
  const { structure, tx, now } = turn
  const { account, conversation } = structure
  const addresses = await whereToAsk(turn, person, at)
  const place = { account, owner: invitation, person, conversation, interaction: null, participant: null } as const
  const params = { invitation }
  const oneWay = addresses.filter(({ medium }) => oneWayMedia.includes(medium))
  await enqueueNudges(tx, { ...place, addresses: oneWay, what: { template: 'nudge-invitation', params } }, now)
  for (const { id: address, medium } of addresses) {
    if (oneWayMedia.includes(medium)) continue
    const relay = await makeRelay(tx, {
      account,
      medium,
      person,
      conversation,
      ticket,
      place: { invitation },
      address,
      now,
    })
    const notice = { template: 'place-invitation', params }
    await enqueue(tx, [{ ...place, address, medium, what: { kind: 'notice', notice }, relay }], now)
  }
}

interface Asked {
  readonly id: AddressId
  readonly medium: Medium
}

/** Where they are asked questions at this hour; who has no desk and wants none now, at their first. */
async function whereToAsk({ tx, structure, now }: Turn, person: PersonId, at: AddressId | null): Promise<Asked[]> {
  const rows = await tx
    .selectFrom('address')
    .select(['address_id as id', 'medium', 'state', 'offers', 'hours'])
    .where('account_id', '=', structure.account)
    .where('person_id', '=', person)
    .orderBy('position')
    .orderBy('address_id')
    .execute()
  const named = rows.filter(({ id }) => id === at)
  if (named.length > 0) return named
  const proven = rows.filter(({ state }) => state === 'proven')
  const wanted = proven.filter(({ offers }) => offers)
  const verdicts = addressesNow(
    wanted.map(({ id, medium, hours }) => ({ id, medium, hours: hours as Hours | null })),
    now,
  )
  const open = wanted.filter((_, index) => verdicts[index]?.asked)
  if (open.length > 0) return open
  const first = proven.find(({ medium }) => !oneWayMedia.includes(medium))
  return first && !(await hasDesk(tx, structure.account, person)) ? [first] : []
}

async function hasDesk(tx: Turn['tx'], account: Turn['structure']['account'], person: PersonId): Promise<boolean> {
  const found = await tx
    .selectFrom('responder')
    .select('role')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return found !== undefined && found.role !== 'responder'
}
