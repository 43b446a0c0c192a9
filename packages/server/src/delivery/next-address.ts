import type { AddressId, Medium, RelayId } from '@parley/model'
import { type AddressNeed, chooseAddresses } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'
import { offerUnreached } from '../hunting/index.ts'
import { loadStructures } from '../road/index.ts'
import { enqueue } from './enqueue.ts'
import type { DeliveryRow } from './record-attempt.ts'
import { makeRelay, relayForParticipant } from './relay-address.ts'
import { isNudge } from './render-nudge.ts'

/**
 * A delivery has failed for good. When the address itself is bad it is marked so, and everything unsent in its lane moves to the person's
 * next address, in order; when only this one could not be carried, only this one moves. Where there is no next address the delivery stays
 * failed, for the desk to show.
 */
export async function moveToNextAddress(
  tx: Writer,
  failed: DeliveryRow,
  moves: 'delivery' | 'lane',
  reason: string,
  now: Date,
): Promise<void> {
  const account = failed.account_id
  if (isNudge(failed)) {
    if (moves === 'lane') await forget(tx, failed)
    return
  }
  if (moves === 'lane') {
    await tx
      .updateTable('address')
      .set({ state: 'failing', failing_reason: reason })
      .where('account_id', '=', account)
      .where('address_id', '=', failed.address_id)
      .where('state', '=', 'proven')
      .execute()
  }
  const addresses = await tx
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', account)
    .where('person_id', '=', failed.person_id)
    .execute()
  const tried = await alreadyTried(tx, failed)
  const need: AddressNeed = { kind: 'message', lastUsed: null, windowOpen: false, now }
  const next = chooseAddresses(
    need,
    addresses
      .filter((address) => !tried.has(address.address_id))
      .map((address) => ({
        id: address.address_id,
        medium: address.medium,
        confirmed: address.state !== 'unproven',
        order: address.position,
        active: address.offers,
        hours: address.hours,
        failed: address.state === 'failing',
        lastUsedAt: null,
      })),
  ).now[0]
  // A code proves the address that it was sent to, and no other.
  const isBound = failed.notice?.template === 'code'
  const target = isBound ? undefined : addresses.find(({ address_id }) => address_id === next?.address)
  const unsent = moves === 'lane' ? await unsentBehind(tx, failed) : []
  if (failed.kind === 'offer' && (await alsoWentElsewhere(tx, failed))) return
  if (!target) {
    if (failed.kind === 'offer' && failed.offer_id) await offerUnreached(tx, failed.account_id, failed.offer_id, now)
    // Without an address left the window is the place: the words are there when it opens again.
    if (moves === 'lane') await backToWindow(tx, failed)
    for (const row of unsent) await set(tx, row, 'failed', reason, now)
    return
  }
  for (const row of [failed, ...unsent]) {
    await set(tx, row, 'replaced', reason, now)
    await enqueue(
      tx,
      [
        {
          account,
          owner: row.participant_id ?? row.offer_id ?? row.person_id,
          person: row.person_id,
          address: target.address_id,
          medium: target.medium,
          conversation: row.conversation_id,
          interaction: row.interaction_id,
          participant: row.participant_id,
          what: whatOf(row),
          relay: await relayAt(tx, row, target, now),
          replaces: row.delivery_id,
        },
      ],
      now,
    )
  }
  // An address that only could not carry this one stays the person's address here.
  if (failed.participant_id && moves === 'lane') {
    await tx
      .updateTable('participant')
      .set({ medium: target.medium, address_id: target.address_id })
      .where('account_id', '=', account)
      .where('participant_id', '=', failed.participant_id)
      .where('address_id', '=', failed.address_id)
      .execute()
    await raiseStructure(tx, failed)
  }
}

/** A browser that has unsubscribed is no address any more: what waits is seen when the window opens, and goes over another address after a while. */
async function forget(tx: Writer, { account_id, address_id }: DeliveryRow): Promise<void> {
  await tx
    .deleteFrom('address')
    .where('account_id', '=', account_id)
    .where('address_id', '=', address_id)
    .where('target', 'is not', null)
    .execute()
}

/** Where an answer to it goes on the medium that it moves to: each has addresses of ours of its own. */
async function relayAt(
  tx: Writer,
  row: DeliveryRow,
  { medium, address_id: address }: { medium: Medium; address_id: AddressId },
  now: Date,
): Promise<RelayId | null> {
  if (row.relay_id === null || row.conversation_id === null) return null
  const before = await tx
    .selectFrom('relay_address')
    .selectAll()
    .where('account_id', '=', row.account_id)
    .where('relay_id', '=', row.relay_id)
    .executeTakeFirstOrThrow()
  if (before.medium === medium && before.own_address_id === null) return before.relay_id
  if (before.participant_id !== null) {
    const structure = (await loadStructures(tx, row.account_id, [row.conversation_id])).get(row.conversation_id)
    const participant = structure?.participants.find(({ id }) => id === before.participant_id)
    if (structure && participant) return relayForParticipant(tx, structure, { ...participant, medium, address }, now)
  }
  const { offer_id: offer, invitation_id: invitation } = before
  const place = offer !== null ? { offer } : invitation !== null ? { invitation } : null
  if (!place) return before.relay_id
  return makeRelay(tx, {
    account: row.account_id,
    medium,
    person: row.person_id,
    conversation: row.conversation_id,
    ticket: before.ticket_id,
    place,
    address,
    now,
  })
}

/**
 * Taken before any row of a delivery is locked, as everything does that goes along the road (settled 6): whoever moves a delivery also
 * changes over which medium the person is reached in the conversation.
 */
export async function lockConversation(
  tx: Writer,
  row: Pick<DeliveryRow, 'account_id' | 'conversation_id'>,
): Promise<void> {
  if (!row.conversation_id) return
  await tx
    .selectFrom('conversation')
    .select('conversation_id')
    .where('account_id', '=', row.account_id)
    .where('conversation_id', '=', row.conversation_id)
    .forUpdate()
    .execute()
}

/** The addresses over which this was tried before it came to this one: what two addresses refuse must not go to and fro between them. */
async function alreadyTried(tx: Writer, failed: DeliveryRow): Promise<Set<string>> {
  const { rows } = await sql<{ address_id: string }>`
    with recursive chain as (
      select address_id, replaces from delivery
      where account_id = ${failed.account_id} and delivery_id = ${failed.delivery_id}
      union all
      select d.address_id, d.replaces from chain join delivery d
        on d.account_id = ${failed.account_id} and d.delivery_id = chain.replaces
    ) select distinct address_id from chain`.execute(tx)
  return new Set(rows.map(({ address_id }) => address_id))
}

function whatOf(row: DeliveryRow) {
  if (row.kind === 'message' && row.message_id) return { kind: 'message', message: row.message_id } as const
  if (row.kind === 'offer' && row.offer_id) return { kind: 'offer', offer: row.offer_id } as const
  if (!row.notice) throw new Error('a notice without its text')
  return { kind: 'notice', notice: row.notice, ...(row.offer_id ? { offer: row.offer_id } : {}) } as const
}

/** An offer went to every address at once: one that fails is no reason to send it to another a second time. */
async function alsoWentElsewhere(tx: Writer, failed: DeliveryRow): Promise<boolean> {
  const other = await tx
    .selectFrom('delivery')
    .select('delivery_id')
    .where('account_id', '=', failed.account_id)
    .where('offer_id', '=', failed.offer_id)
    .where('kind', '=', 'offer')
    .where('delivery_id', '<>', failed.delivery_id)
    .where('state', 'not in', ['failed', 'replaced'])
    .executeTakeFirst()
  return other !== undefined
}

function unsentBehind(tx: Writer, failed: DeliveryRow): Promise<DeliveryRow[]> {
  return tx
    .selectFrom('delivery')
    .selectAll()
    .where('account_id', '=', failed.account_id)
    .where('lane_id', '=', failed.lane_id)
    .where('state', '=', 'queued')
    .where('sequence', '>', failed.sequence)
    .orderBy('sequence')
    .forUpdate()
    .execute()
}

async function set(
  tx: Writer,
  row: DeliveryRow,
  state: 'failed' | 'replaced',
  reason: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state, reason, updated_at: now })
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .execute()
}

async function backToWindow(tx: Writer, failed: DeliveryRow): Promise<void> {
  if (!failed.participant_id) return
  await tx
    .updateTable('participant')
    .set({ medium: 'web', address_id: null })
    .where('account_id', '=', failed.account_id)
    .where('participant_id', '=', failed.participant_id)
    .where('address_id', '=', failed.address_id)
    .execute()
  await raiseStructure(tx, failed)
}

async function raiseStructure(tx: Writer, failed: DeliveryRow): Promise<void> {
  if (!failed.conversation_id) return
  await tx
    .updateTable('conversation')
    .set((eb) => ({ structure: eb('structure', '+', 1) }))
    .where('account_id', '=', failed.account_id)
    .where('conversation_id', '=', failed.conversation_id)
    .execute()
}
