import { createHash } from 'node:crypto'
import type { AddressId, ConversationId } from '@parley/model'
import { recordOnce } from '../conversations/index.ts'
import { enqueue, relayForParticipant } from '../delivery/index.ts'
import type { Site } from '../sites/index.ts'
import type { Sender } from './find-sender.ts'
import type { StartingParts } from './starting-parts.ts'

/**
 * Tells somebody who has just begun how to go on, once in a conversation and where the site wants it. Whoever's address nobody vouches
 * for is asked to answer first, whatever the site wants: their answer shows that they read there.
 */
export async function tellHow(
  { road }: Pick<StartingParts, 'road'>,
  begun: { site: Site; conversation: ConversationId; address: AddressId; sender: Sender },
): Promise<void> {
  const { site, conversation, address, sender } = begun
  if (sender.isProven && !site.policy.starting.tellsHow) return
  await road.inConversation(site.account, conversation, async ({ tx, structure, now }) => {
    const key = createHash('sha256').update(`told how ${conversation}`).digest()
    const told = { account: site.account, conversation, person: structure.visitor, kind: 'told-how' }
    if (!(await recordOnce(tx, told, key, now))) return
    const place = structure.participants.find(({ person, left }) => person === structure.visitor && !left)
    if (!place) return
    const template = sender.isProven ? 'started-how' : 'started-confirm'
    await enqueue(
      tx,
      [
        {
          account: site.account,
          owner: place.id,
          person: structure.visitor,
          address,
          medium: sender.medium,
          conversation,
          interaction: place.interaction,
          participant: place.id,
          what: { kind: 'notice', notice: { template, params: {} } },
          relay: await relayForParticipant(tx, structure, { ...place, medium: sender.medium, address }, now),
        },
      ],
      now,
    )
  })
}
