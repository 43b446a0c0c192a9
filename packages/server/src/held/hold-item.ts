import type { Inbound } from '@parley/channel-sdk'
import type {
  AccountId,
  AddressId,
  AttachmentId,
  ConversationId,
  HeldId,
  Medium,
  OwnAddressId,
  PersonId,
  RelayId,
} from '@parley/model'
import { days, newId } from '@parley/model'
import { mayBeSealed, storeAttachments, type Vault, writeSealedBlob } from '../attachments/index.ts'
import { type Database, keyForms, type Writer } from '../db/index.ts'
import type { OwnAddress, Relay } from '../delivery/index.ts'
import { enqueue } from '../delivery/index.ts'
import { makeAccessKey } from '../visitors/index.ts'
import { sealingHeld } from './sealing-held.ts'

interface Parts {
  readonly db: Database
  readonly vault: Vault
  readonly clock: { now(): Date }
  readonly publicUrl: string
  readonly limits: { attachmentBytes: number; heldPerAccount: number; heldDays: number }
}

/** What is kept of something held: enough to be sent along the road unchanged once somebody lets it through. */
export interface HeldSaid {
  inbound: Pick<Inbound, 'channel' | 'externalId' | 'to' | 'from' | 'said' | 'language' | 'title'> & {
    writtenAt: string | null
  }
  medium: Medium
  attachments: AttachmentId[]
}

/**
 * Keep something for a decision, as durable as a message: text, files and the sealed bytes. The person on record is asked, at most at
 * their proven address. False when too much is held already; then nothing is stored and the peer is told.
 */
export async function holdItem(
  parts: Parts,
  item: {
    relay: Relay
    medium: Medium
    inbound: Inbound
    key: Buffer
    why: 'unknown-sender' | 'contradicted'
    ask: { address: AddressId; medium: Medium } | null
  },
): Promise<boolean> {
  const { relay } = item
  const now = parts.clock.now()
  return parts.db.write(relay.account, async (tx) => {
    const place = { person: relay.person, conversation: relay.conversation, relay: relay.relay }
    const held = await keep(tx, parts, { ...item, account: relay.account, place, sender: null }, now)
    if (held === 'too-many') return false
    if (held === 'kept-before' || item.ask === null) return true
    const secret = await makeAccessKey(tx, {
      account: relay.account,
      purpose: 're-read',
      person: relay.person,
      conversation: relay.conversation,
      bound: { held },
      lastsMs: days(parts.limits.heldDays),
      now,
    })
    await enqueue(
      tx,
      [
        {
          account: relay.account,
          owner: relay.participant ?? relay.offer ?? relay.person,
          person: relay.person,
          address: item.ask.address,
          medium: item.ask.medium,
          conversation: relay.conversation,
          interaction: relay.interaction,
          participant: relay.participant,
          what: {
            kind: 'notice',
            notice: { template: `held-${item.why}`, params: { url: `${parts.publicUrl}/held#${secret}` } },
          },
          // A reply to this question must not go where the mail itself was not let.
          relay: null,
        },
      ],
      now,
    )
    return true
  })
}

/** Of one sender at one address of ours, while they have not said which of their conversations it belongs to. */
const mostOfOne = 20

/** Keep what could belong to several of its sender's places until they say to which. `sender`: the key of the address it came from. */
export async function holdUntilTold(
  parts: Parts,
  item: {
    own: Pick<OwnAddress, 'account' | 'ownAddress'>
    person: PersonId
    sender: string
    medium: Medium
    inbound: Inbound
    key: Buffer
  },
): Promise<boolean> {
  const { account, ownAddress } = item.own
  return parts.db.write(account, async (tx) => {
    const waiting = await tx
      .selectFrom('held_item')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account_id', '=', account)
      .where('own_address_id', '=', ownAddress)
      .where('sender_key', 'in', keyForms(tx, item.sender))
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
    if (waiting.count >= mostOfOne) return false
    const place = { person: item.person, conversation: null, relay: null }
    const sender = { own: ownAddress, key: item.sender }
    const kept = await keep(tx, parts, { ...item, account, place, sender, why: 'ambiguous' }, parts.clock.now())
    return kept !== 'too-many'
  })
}

async function keep(
  tx: Writer,
  { limits, vault }: Pick<Parts, 'limits' | 'vault'>,
  item: {
    account: AccountId
    place: { person: PersonId; conversation: ConversationId | null; relay: RelayId | null }
    sender: { own: OwnAddressId; key: string } | null
    medium: Medium
    inbound: Inbound
    key: Buffer
    why: string
  },
  now: Date,
): Promise<HeldId | 'too-many' | 'kept-before'> {
  const { account, place, inbound, medium } = item
  const waiting = await tx
    .selectFrom('held_item')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', account)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  if (waiting.count >= limits.heldPerAccount) return 'too-many'
  const held = newId<HeldId>()
  const sealed = await mayBeSealed(tx, account, place.person, place.conversation)
  const { kept } = await storeAttachments(tx, {
    account,
    sealed,
    person: place.person,
    files: inbound.attachments,
    maxBytes: limits.attachmentBytes,
    held,
    now,
  })
  const said: HeldSaid = {
    medium,
    attachments: kept,
    inbound: {
      channel: inbound.channel,
      externalId: inbound.externalId,
      to: inbound.to,
      from: inbound.from,
      said: inbound.said,
      language: inbound.language,
      title: inbound.title,
      writtenAt: inbound.writtenAt?.toISOString() ?? null,
    },
  }
  const raw = sealed
    ? await writeSealedBlob(tx, account, inbound.raw, now)
    : await vault.seal(tx, account, inbound.raw, now)
  const asStored = sealed ? sealingHeld(tx, { held, raw, ...place }) : null
  const stored = await tx
    .insertInto('held_item')
    .values({
      account_id: account,
      held_id: held,
      person_id: place.person,
      conversation_id: place.conversation,
      relay_id: place.relay,
      channel: inbound.channel,
      why: item.why,
      claims: asStored
        ? await asStored('claims', { text: inbound.from.address.slice(0, 320) })
        : inbound.from.address.slice(0, 320),
      said: JSON.stringify(asStored ? await asStored('said', { json: said }) : said),
      raw_blob_id: raw,
      key: item.key,
      state: 'waiting',
      created_at: now,
      expires_at: new Date(now.getTime() + days(limits.heldDays)),
      decided_at: null,
      own_address_id: item.sender?.own ?? null,
      sender_key:
        item.sender === null ? null : sealed ? (keyForms(tx, item.sender.key).at(-1) ?? null) : item.sender.key,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'key']).doNothing())
    .returning('held_id')
    .executeTakeFirst()
  return stored ? held : 'kept-before'
}
