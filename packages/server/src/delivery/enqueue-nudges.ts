import type {
  AccountId,
  AddressId,
  ConversationId,
  InteractionId,
  Medium,
  OfferId,
  ParticipantId,
  PersonId,
  PlaceInvitationId,
} from '@parley/model'
import { sql } from 'kysely'
import type { Notice, Writer } from '../db/index.ts'
import { enqueue } from './enqueue.ts'

/** Something waits in a place; said on media where nobody can answer. */
export interface NewNudges {
  readonly account: AccountId
  readonly owner: ParticipantId | OfferId | PlaceInvitationId
  readonly person: PersonId
  readonly conversation: ConversationId
  readonly interaction: InteractionId | null
  readonly participant: ParticipantId | null
  readonly addresses: readonly { readonly id: AddressId; readonly medium: Medium }[]
  readonly what: Notice
  readonly offer?: OfferId
}

/** Tells of the newest thing only: what has not gone out yet about the same place gives way to it. */
export async function enqueueNudges(tx: Writer, nudges: NewNudges, now: Date): Promise<void> {
  const { account, owner, addresses, what: notice, offer, ...place } = nudges
  for (const { id: address, medium } of addresses) {
    await sql`
      update delivery d set state = 'replaced', reason = 'newer', updated_at = ${now} from lane l
      where l.account_id = ${account} and l.owner_id = ${owner} and l.address_id = ${address}
        and d.account_id = l.account_id and d.lane_id = l.lane_id and d.state = 'queued'`.execute(tx)
    const what = { kind: 'notice', notice, ...(offer ? { offer } : {}) } as const
    const { person, conversation, interaction, participant } = place
    const to = { account, owner, person, address, medium, conversation, interaction, participant, relay: null }
    await enqueue(tx, [{ ...to, what }], now)
  }
}
