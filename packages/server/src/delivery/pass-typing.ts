import type { Channel } from '@parley/channel-sdk'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import type { ParticipantPlace, Structure } from '../road/index.ts'

/** Tells somebody who reads over another medium than a window that somebody types in a place of theirs. */
export type PassTyping = (structure: Structure, reader: ParticipantPlace, isTyping: boolean) => void

/** More are not looked up at once: a hint that waits is none. */
const mostAtOnce = 8

/**
 * Where a medium carries it: to the reader's address there, from the one that stands for their place. Of several processes only the one that
 * has the connection says it.
 */
export function passingTyping(parts: {
  db: Database
  channels: readonly Channel[]
  warn(error: unknown): void
}): PassTyping {
  const byMedium = new Map(parts.channels.map((channel) => [channel.medium, channel]))
  let underWay = 0
  const pass = async (structure: Structure, reader: ParticipantPlace, isTyping: boolean): Promise<void> => {
    const channel = byMedium.get(reader.medium)
    const isBehind = structure.interactions.get(reader.interaction)?.kind === 'backchannel'
    const found = await parts.db.read(structure.account, (db) =>
      sql<{ to: string; token: string }>`
        select a.address_id, a.value as to, r.token from address a
        join participant p on p.account_id = a.account_id and p.conversation_id = ${structure.conversation}
          and p.person_id = a.person_id
        join relay_address r on r.account_id = p.account_id and r.participant_id = p.participant_id and r.medium = a.medium
          and r.state = 'active' and ((r.reach = 'all' and ${!isBehind}) or r.participant_id = ${reader.id})
        where a.account_id = ${structure.account} and a.address_id = ${reader.address} and a.state = 'proven'
        order by (r.reach = 'all') = ${!structure.policy.window.privateAnswers} desc, r.relay_id limit 1`.execute(db),
    )
    const [place] = found.rows
    if (place) channel?.typing?.({ to: place.to, token: place.token, isTyping })
  }
  return (structure, reader, isTyping) => {
    const channel = byMedium.get(reader.medium)
    if (!channel?.abilities.typing || !channel.typing || reader.address === null || reader.left) return
    if (channel.health().state !== 'up' || underWay >= mostAtOnce) return
    underWay += 1
    pass(structure, reader, isTyping)
      .catch(parts.warn)
      .finally(() => {
        underWay -= 1
      })
  }
}
