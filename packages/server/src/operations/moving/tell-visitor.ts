import { oneWayMedia, type PersonId, type TicketId } from '@parley/model'
import { enqueue, relayForParticipant } from '../../delivery/index.ts'
import type { Turn } from '../../road/index.ts'

/**
 * Whoever asks and has no window before them is told, once, that somebody else is looked for. A window shows that by itself; and where the site
 * shows one face, nothing has changed.
 */
export async function tellVisitor(turn: Turn, ticket: TicketId): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation, policy } = structure
  if (policy.face !== 'named') return
  const told = new Set<PersonId>()
  for (const place of structure.participants.toReversed()) {
    const { person, role, left, medium, address } = place
    if (role !== 'initiator' || left || told.has(person)) continue
    if (structure.interactions.get(place.interaction)?.ticket !== ticket) continue
    told.add(person)
    if (address === null || medium === 'web' || oneWayMedia.includes(medium)) continue
    await enqueue(
      tx,
      [
        {
          ...{ account, conversation, address, medium, person, owner: place.id },
          interaction: place.interaction,
          participant: place.id,
          what: { kind: 'notice', notice: { template: 'transfer-looking', params: {} } },
          relay: await relayForParticipant(tx, structure, place, now),
        },
      ],
      now,
    )
  }
}
