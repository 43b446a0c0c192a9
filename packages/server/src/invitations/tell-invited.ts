import type { AddressId, Medium, RelayId } from '@parley/model'
import { enqueue } from '../delivery/index.ts'
import type { Turn } from '../road/index.ts'
import type { PlaceInvitation } from './invitation.ts'

type InvitedNotice = 'invited-declined' | 'invited-withdrawn' | 'invited-expired' | 'invited-over'

/** Answers somebody who was asked, over the medium that they used. At the desk the answer of the call itself tells. */
export async function tellInvited(
  turn: Turn,
  invitation: Pick<PlaceInvitation, 'id' | 'person'>,
  via: { medium: Medium; address: AddressId | null },
  template: InvitedNotice,
): Promise<void> {
  const { tx, structure } = turn
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
  await enqueueTelling(turn, invitation, { address, medium, relay: relay?.relay_id ?? null }, template)
}

/** The same where it is known to which address, and which relay address stands behind it. */
export function enqueueTelling(
  { tx, now, structure }: Turn,
  invitation: Pick<PlaceInvitation, 'id' | 'person'>,
  { address, medium, relay }: { address: AddressId; medium: Medium; relay: RelayId | null },
  template: InvitedNotice,
): Promise<unknown> {
  return enqueue(
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
        relay,
      },
    ],
    now,
  )
}
