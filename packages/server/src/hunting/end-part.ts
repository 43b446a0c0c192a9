import { leave, type MoveReason } from '@parley/rules'
import { writeRights } from '../conversations/index.ts'
import { enqueue, relayForParticipant } from '../delivery/index.ts'
import type { ParticipantPlace, Turn } from '../road/index.ts'

/** The part that these places are ends now: they keep what they could read, and get nothing that is said from here on. */
export async function endPlaces(turn: Turn, places: readonly ParticipantPlace[], because: MoveReason): Promise<void> {
  const { tx, now, structure } = turn
  for (const place of places) await endPart(turn, place, because)
  const ids = places.map(({ id }) => id)
  const ended = leave(structure, ids, because).filter(({ kind }) => kind === 'end')
  await writeRights({ tx, account: structure.account, now }, ended)
}

/** Who was alone with the visitor leaves an exchange that is closed; among others it goes on without them. */
async function endPart(turn: Turn, participant: ParticipantPlace, because: MoveReason): Promise<void> {
  const { tx, now, structure } = turn
  const { account } = structure
  const { id, interaction } = participant
  await tx
    .updateTable('participant')
    .set({ left_at: now, left_because: reasonWord(because) })
    .where('account_id', '=', account)
    .where('participant_id', '=', id)
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
