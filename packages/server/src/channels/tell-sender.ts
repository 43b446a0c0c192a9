import type { AddressId, Medium } from '@parley/model'
import type { Database, Notice } from '../db/index.ts'
import type { Relay } from '../delivery/index.ts'
import { enqueue } from '../delivery/index.ts'

/** Tell someone who wrote to one of our addresses what became of it, over the medium they used, at an address on record. */
export async function tellSender(
  db: Database,
  relay: Relay,
  via: { medium: Medium; address: AddressId | null },
  notice: Notice,
  now: Date,
): Promise<void> {
  const { address } = via
  if (address === null) return
  await db.write(relay.account, (tx) =>
    enqueue(
      tx,
      [
        {
          account: relay.account,
          owner: relay.participant ?? relay.offer ?? relay.person,
          person: relay.person,
          address,
          medium: via.medium,
          conversation: relay.conversation,
          interaction: relay.interaction,
          participant: relay.participant,
          what: { kind: 'notice', notice },
          relay: relay.relay,
        },
      ],
      now,
    ),
  )
}
