import type { AddressId } from '@parley/model'
import type { Writer } from '../db/index.ts'
import type { DecidedSay, ParticipantPlace } from '../road/index.ts'
import { enqueue, type NewDelivery } from './enqueue.ts'
import { relayForParticipant } from './relay-address.ts'

/** Deliveries for readers whose active medium is not a window; a window reads for itself, and its watermark is the truth. */
export async function enqueueMessages(tx: Writer, says: readonly DecidedSay[], now: Date): Promise<void> {
  const deliveries: NewDelivery[] = []
  for (const say of says) {
    for (const { participant, placement } of say.readers) {
      if (!isElsewhere(participant)) continue
      const relay = await relayForParticipant(tx, say.structure, participant, now)
      deliveries.push({
        account: say.say.account,
        owner: participant.id,
        person: participant.person,
        address: participant.address,
        medium: participant.medium,
        conversation: say.structure.conversation,
        interaction: placement.interaction,
        participant: participant.id,
        what: { kind: 'message', message: say.id },
        relay,
      })
    }
  }
  await enqueue(tx, deliveries, now)
}

/** Does anyone who may see this read it elsewhere than in a window, so that a delivery was written? */
export function reachesElsewhere(say: DecidedSay): boolean {
  return say.readers.some(({ participant }) => isElsewhere(participant))
}

function isElsewhere(participant: ParticipantPlace): participant is ParticipantPlace & { address: AddressId } {
  return participant.medium !== 'web' && participant.address !== null
}
