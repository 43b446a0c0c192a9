import type { InteractionId } from '@parley/model'
import { exchangesThatEnd, leave, type MoveReason } from '@parley/rules'
import { writeRights } from '../conversations/index.ts'
import { enqueue, relayForParticipant } from '../delivery/index.ts'
import type { ParticipantPlace, Turn } from '../road/index.ts'

/**
 * The part that these places are ends now: they keep what they could read, and get nothing that is said from here on. An exchange in which nobody is
 * left who answers closes; among others it goes on without them.
 */
export async function endPlaces(turn: Turn, places: readonly ParticipantPlace[], because: MoveReason): Promise<void> {
  if (places.length === 0) return
  const { tx, now, structure } = turn
  const { account } = structure
  const ids = places.map(({ id }) => id)
  await tx
    .updateTable('participant')
    .set({ left_at: now, left_because: reasonWord(because) })
    .where('account_id', '=', account)
    .where('participant_id', 'in', ids)
    .execute()
  const closed = exchangesThatEnd(structure, places, structure.policy.circle) as InteractionId[]
  if (closed.length > 0) {
    await tx
      .updateTable('interaction')
      .set({ state: 'closed', ends_at: now })
      .where('account_id', '=', account)
      .where('interaction_id', 'in', closed)
      .execute()
  }
  for (const place of places) await tellMovedOn(turn, place, because)
  const ended = leave(structure, ids, because).filter(({ kind }) => kind === 'end')
  await writeRights({ tx, account, now }, ended)
}

/** Whose part has ended is told so kindly, on their medium. */
export async function tellMovedOn(turn: Turn, participant: ParticipantPlace, because: MoveReason): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const { id, interaction, person } = participant
  if (participant.role === 'virtual' || participant.address === null) return
  await enqueue(
    tx,
    [
      {
        account,
        owner: id,
        person,
        address: participant.address,
        medium: participant.medium,
        conversation,
        interaction,
        participant: id,
        what: { kind: 'notice', notice: { template: 'moved-on', params: { reason: reasonWord(because) } } },
        relay: await relayForParticipant(tx, structure, participant, now),
      },
    ],
    now,
  )
}

/** As those whom it concerns are told: what exactly was said, or read from it, is the visitor's. */
function reasonWord(because: MoveReason): string {
  return because === 'words' || because === 'answer' || because === 'script' ? 'topic' : because
}
