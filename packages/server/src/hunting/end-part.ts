import type { MoveReason } from '@parley/rules'
import { enqueue, relayForParticipant } from '../delivery/index.ts'
import { lastPosition, type ParticipantPlace, type Turn } from '../road/index.ts'

/**
 * Somebody's part in an interaction ends now: they keep what they could read, and get nothing that is said from here on. Who was alone with
 * the visitor leaves an exchange that is closed; among others it goes on without them.
 */
export async function endPart(turn: Turn, participant: ParticipantPlace, because: MoveReason): Promise<void> {
  const { tx, now, structure } = turn
  const { account } = structure
  const { id, interaction, person } = participant
  await tx
    .updateTable('participant')
    .set({ left_at: now, left_because: reasonWord(because) })
    .where('account_id', '=', account)
    .where('participant_id', '=', id)
    .execute()
  await tx
    .updateTable('span')
    .set({ to_position: lastPosition(structure, interaction) })
    .where('account_id', '=', account)
    .where('interaction_id', '=', interaction)
    .where('person_id', '=', person)
    .where('to_position', 'is', null)
    .execute()
  const others = structure.participants.some(
    (other) => other.interaction === interaction && !other.left && other.id !== id && other.role === 'responder',
  )
  if (
    structure.interactions.get(interaction)?.kind === 'exchange' &&
    !others &&
    structure.policy.circle === 'private'
  ) {
    await tx
      .updateTable('interaction')
      .set({ state: 'closed', ends_at: now })
      .where('account_id', '=', account)
      .where('interaction_id', '=', interaction)
      .execute()
  }
  await tellMovedOn(turn, participant, because)
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
