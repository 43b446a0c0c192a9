import type { Receipt } from '@parley/channel-sdk'
import type { AddressId, BlobId, ConversationId, HeldId, PersonId } from '@parley/model'
import { addressKey, cutBeginning, endOfMistypedTag } from '@parley/rules'
import { sql } from 'kysely'
import { keyForms } from '../db/index.ts'
import { findRelayById } from '../delivery/index.ts'
import { endHeld, type HeldSaid } from '../held/index.ts'
import { noteAnswered, tellAtOwn } from './ask-which.ts'
import { judgeSender } from './judge-sender.ts'
import { namesIn } from './names-in.ts'
import type { Place } from './read-places.ts'
import type { ReceiveParts } from './receive.ts'
import type { AtOwn } from './receive-at-own.ts'
import { releaseInto } from './release.ts'

export interface Waiting {
  readonly held: HeldSaid
  readonly key: Buffer
  readonly rawBlob: BlobId | null
  /** Say it in this conversation of the sender's own, and count it as released. */
  release(person: PersonId, conversation: ConversationId, address: AddressId): Promise<void>
}

/**
 * The sender has named the place: what waited for that goes there, in the order in which it came. Each is taken once, so that a crash in
 * between leaves the rest waiting and the tag can be sent again.
 */
export async function releaseWaiting(parts: ReceiveParts, at: AtOwn, place: Place): Promise<Receipt> {
  const sender = await judgeSender(parts.db, place.relay, at.medium, at.inbound.from)
  if (sender.verdict === 'hold') return { outcome: 'noted', because: 'unknown-sender' }
  const to = { person: place.relay.person, address: sender.address }
  await parts.db.write(at.own.account, (tx) => noteAnswered(tx, at))
  const waiting = await readWaiting(parts, at)
  if (waiting.length === 0) {
    await tellAtOwn(parts, at, to, 'which-nothing', { tag: place.tag })
    return { outcome: 'noted', because: 'nothing-held' }
  }
  const via = { medium: at.medium, address: sender.address }
  for (const item of waiting) {
    // What it stands for becomes another with the first of them: an offer that is answered is a place.
    const now = await findRelayById(parts.db, at.own.account, place.relay.relay)
    const relay = now && { ...now, reach: place.relay.reach }
    const held = withoutTag(item.said, place.tag)
    const released = relay && (await releaseInto(parts, relay, item, held, { via, unproven: sender.unproven }))
    if (!released?.ok) {
      await tellAtOwn(parts, at, to, 'conversation-closed')
      return { outcome: 'noted', because: released?.because ?? 'conversation-closed' }
    }
    await noteReleased(parts, at, item.held_id)
  }
  return { outcome: 'noted', because: 'released' }
}

/** What waits of this sender, to be said in another conversation of their own. */
export async function takeWaiting(parts: ReceiveParts, at: AtOwn): Promise<Waiting[]> {
  await parts.db.write(at.own.account, (tx) => noteAnswered(tx, at))
  const rows = await readWaiting(parts, at)
  return rows.map((row) => ({
    held: row.said,
    key: row.key,
    rawBlob: row.raw_blob_id,
    async release(person, conversation, address) {
      const { inbound, attachments } = row.said
      const said = await parts.road.say({
        account: at.own.account,
        person,
        to: { conversation },
        via: { medium: at.medium, address },
        said: inbound.said,
        names: namesIn(inbound.from),
        key: row.key,
        attachments,
        form: null,
        unproven: inbound.from.standing !== 'proven',
        rawBlob: row.raw_blob_id,
        writtenAt: inbound.writtenAt ? new Date(inbound.writtenAt) : null,
      })
      if (said.ok) await noteReleased(parts, at, row.held_id)
    },
  }))
}

interface Row {
  held_id: HeldId
  said: HeldSaid
  key: Buffer
  raw_blob_id: BlobId | null
}

async function readWaiting({ db }: ReceiveParts, { own, medium, inbound }: AtOwn): Promise<Row[]> {
  const rows = await db.read(own.account, (reader) =>
    reader
      .selectFrom('held_item')
      .select(['held_id', 'said', 'key', 'raw_blob_id'])
      .where('account_id', '=', own.account)
      .where('own_address_id', '=', own.ownAddress)
      .where('sender_key', 'in', keyForms(reader, addressKey(medium, inbound.from.address)))
      .where('state', '=', 'waiting')
      .orderBy('created_at')
      .orderBy('held_id')
      .execute(),
  )
  return rows.map((row) => ({ ...row, said: row.said as HeldSaid }))
}

async function noteReleased({ db, clock }: ReceiveParts, { own }: AtOwn, held: HeldId): Promise<void> {
  const which = sql`account_id = ${own.account} and held_id = ${held}`
  await endHeld(db, { which, state: 'released', now: clock.now() })
}

/** What it was mistyped as goes nowhere. */
function withoutTag(held: HeldSaid, tag: string): HeldSaid {
  const { said } = held.inbound
  const length = endOfMistypedTag(said.visible, tag)
  return { ...held, inbound: { ...held.inbound, said: cutBeginning(said, length) } }
}
