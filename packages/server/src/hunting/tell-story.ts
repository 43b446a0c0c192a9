import { oneWayMedia, type TicketId } from '@parley/model'
import { enqueue, relayForParticipant } from '../delivery/index.ts'
import type { ParticipantPlace, Turn } from '../road/index.ts'
import { readHunt } from './read-hunt.ts'

/**
 * Who gets a conversation from somebody else, away from the desk, is told what was said so far, as the site gives it and their medium can
 * carry it. What it holds is read when it is sent.
 */
export async function tellStory(turn: Turn, ticket: TicketId, place: ParticipantPlace): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation, policy } = structure
  const { address, medium } = place
  if (address === null || medium === 'web' || oneWayMedia.includes(medium) || policy.history === 'none') return
  if ((await readHunt(turn, ticket)).moves === 0) return
  await enqueue(
    tx,
    [
      {
        ...{ account, conversation, address, medium, owner: place.id, person: place.person },
        interaction: place.interaction,
        participant: place.id,
        what: { kind: 'notice', notice: { template: 'story-so-far', params: {} } },
        relay: await relayForParticipant(tx, structure, place, now),
      },
    ],
    now,
  )
}
