import type { AccountId, BlobId, RelayId } from '@parley/model'
import { declines } from '@parley/rules'
import { findRelayById, type Relay } from '../delivery/index.ts'
import type { HeldSaid } from '../held/index.ts'
import { answerOffer, findOfferIn } from '../hunting/index.ts'
import { answerByReply } from '../operations/index.ts'
import type { Say } from '../road/index.ts'
import { namesIn } from './names-in.ts'
import type { ReceiveParts } from './receive.ts'
import { sayMail } from './say-mail.ts'

/** Why there is no place any more for what was held: nobody waits for it, or its owner has left. */
export type GoneBecause = 'conversation-closed' | 'interaction-closed'

/** What was held goes on as if it had been believed at once; its sender stays marked as unproven. */
export async function releaseAlongRoad(
  parts: ReceiveParts,
  account: AccountId,
  item: { relay_id: RelayId | null; raw_blob_id: BlobId | null; key: Buffer },
  held: HeldSaid,
): Promise<{ ok: true; outcome: string } | { ok: false; because: GoneBecause }> {
  const relay = item.relay_id && (await findRelayById(parts.db, account, item.relay_id))
  if (!relay || relay.state === 'retired') return { ok: false, because: 'conversation-closed' }
  const via = { medium: held.medium, address: await addressInUse(parts, account, relay.person, held) }
  return releaseInto(parts, relay, item, held, { via, unproven: true })
}

/** The same for a place that is known otherwise, and a sender who was believed. */
export async function releaseInto(
  parts: ReceiveParts,
  relay: Relay,
  item: { raw_blob_id: BlobId | null; key: Buffer },
  held: HeldSaid,
  sender: { via: Say['via']; unproven: boolean },
): Promise<{ ok: true; outcome: string } | { ok: false; because: GoneBecause }> {
  const { account } = relay
  const say: Omit<Say, 'to'> = {
    account,
    person: relay.person,
    via: sender.via,
    said: held.inbound.said,
    names: namesIn(held.inbound.from),
    key: item.key,
    attachments: held.attachments,
    form: null,
    unproven: sender.unproven,
    rawBlob: item.raw_blob_id,
    writtenAt: held.inbound.writtenAt ? new Date(held.inbound.writtenAt) : null,
  }
  if (relay.participant === null && relay.offer) {
    const { outcome } = await answerOffer(parts.road, { account, offer: relay.offer, say }, findOfferIn(parts.db))
    return outcome === 'not-there' ? { ok: false, because: 'conversation-closed' } : { ok: true, outcome }
  }
  if (relay.participant === null && relay.invitation) {
    const isNo = held.attachments.length === 0 && declines(say.said.visible)
    const { outcome } = await answerByReply(parts, { invitation: relay.invitation, declines: isNo, say })
    return outcome === 'not-there' ? { ok: false, because: 'conversation-closed' } : { ok: true, outcome }
  }
  const said = await sayMail(parts, relay, held.inbound, say)
  if (said.ok) return { ok: true, outcome: 'accepted' }
  const because = said.refusal === 'conversation-closed' ? 'conversation-closed' : 'interaction-closed'
  return { ok: false, because }
}

/** Releasing is no proof of the address that wrote it: answers go on to an address on record. */
async function addressInUse(parts: ReceiveParts, account: AccountId, person: Say['person'], held: HeldSaid) {
  const address = await parts.db.read(account, (reader) =>
    reader
      .selectFrom('address')
      .select('address_id')
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .where('medium', '=', held.medium)
      .where('state', '=', 'proven')
      .orderBy('position')
      .executeTakeFirst(),
  )
  return address?.address_id ?? null
}
