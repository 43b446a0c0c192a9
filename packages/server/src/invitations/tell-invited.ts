import type { AddressId, Medium } from '@parley/model'
import { enqueue } from '../delivery/index.ts'
import type { Turn } from '../road/index.ts'
import type { PlaceInvitation } from './invitation.ts'

/** Answers somebody who was asked, over the medium that they used. At the desk the answer of the call itself tells. */
export async function tellInvited(
  { tx, now, structure }: Turn,
  invitation: Pick<PlaceInvitation, 'id' | 'person'>,
  via: { medium: Medium; address: AddressId | null },
  template: 'invited-declined' | 'invited-withdrawn' | 'invited-expired' | 'invited-over',
): Promise<void> {
  const { medium, address } = via
  if (address === null) return
  const relay = await tx
    .selectFrom('relay_address')
    .select('relay_id')
    .where('account_id', '=', structure.account)
    .where('invitation_id', '=', invitation.id)
    .where('medium', '=', medium)
    .where('state', '=', 'active')
    .executeTakeFirst()
  await enqueue(
    tx,
    [
      {
        account: structure.account,
        owner: invitation.id,
        person: invitation.person,
        address,
        medium,
        conversation: structure.conversation,
        interaction: null,
        participant: null,
        what: { kind: 'notice', notice: { template, params: {} } },
        relay: relay?.relay_id ?? null,
      },
    ],
    now,
  )
}
