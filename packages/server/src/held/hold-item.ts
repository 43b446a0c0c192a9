import type { Inbound } from '@parley/channel-sdk'
import type { AddressId, AttachmentId, HeldId, Medium } from '@parley/model'
import { days, newId } from '@parley/model'
import { storeAttachments, type Vault } from '../attachments/index.ts'
import type { Database } from '../db/index.ts'
import type { Relay } from '../delivery/index.ts'
import { enqueue } from '../delivery/index.ts'
import { makeAccessKey } from '../visitors/index.ts'

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
    ask: AddressId | null
  },
): Promise<boolean> {
  const { relay, inbound, medium } = item
  const now = parts.clock.now()
  return parts.db.write(relay.account, async (tx) => {
    const waiting = await tx
      .selectFrom('held_item')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account_id', '=', relay.account)
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
    if (waiting.count >= parts.limits.heldPerAccount) return false
    const held = newId<HeldId>()
    const { kept } = await storeAttachments(tx, {
      account: relay.account,
      person: relay.person,
      files: inbound.attachments,
      maxBytes: parts.limits.attachmentBytes,
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
    const raw = await parts.vault.seal(tx, relay.account, inbound.raw, now)
    const stored = await tx
      .insertInto('held_item')
      .values({
        account_id: relay.account,
        held_id: held,
        person_id: relay.person,
        conversation_id: relay.conversation,
        relay_id: relay.relay,
        channel: inbound.channel,
        why: item.why,
        claims: inbound.from.address.slice(0, 320),
        said: JSON.stringify(said),
        raw_blob_id: raw,
        key: item.key,
        state: 'waiting',
        created_at: now,
        expires_at: new Date(now.getTime() + days(parts.limits.heldDays)),
        decided_at: null,
      })
      .onConflict((conflict) => conflict.columns(['account_id', 'key']).doNothing())
      .returning('held_id')
      .executeTakeFirst()
    if (!stored || item.ask === null) return true
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
          address: item.ask,
          medium,
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
