import type { AccountId, HeldId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { endHeld, type HeldSaid } from '../held/index.ts'
import type { ReceiveParts } from './receive.ts'
import { type GoneBecause, releaseAlongRoad } from './release.ts'

export type HeldDecision = 'release' | 'discard'
export type HeldDecided =
  | { ok: true; outcome: string }
  /** `conversation-closed`, `interaction-closed`: it cannot go on any more, and still waits, to be discarded or to expire. */
  | { ok: false; because: 'not-there' | 'decided-before' | GoneBecause }

/** The person whose place it was written into lets it through, along the same road as anything else, or throws it away. */
export async function decideHeld(
  parts: ReceiveParts,
  wanted: { account: AccountId; person: PersonId; held: HeldId; decision: HeldDecision },
): Promise<HeldDecided> {
  const now = parts.clock.now()
  const item = await parts.db.read(wanted.account, (reader) =>
    reader
      .selectFrom('held_item')
      .selectAll()
      .where('account_id', '=', wanted.account)
      .where('held_id', '=', wanted.held)
      .where('person_id', '=', wanted.person)
      .executeTakeFirst(),
  )
  if (!item) return { ok: false, because: 'not-there' }
  if (item.state !== 'waiting') return { ok: false, because: 'decided-before' }
  const ends = (state: 'released' | 'discarded') =>
    endHeld(parts.db, { which: sql`account_id = ${wanted.account} and held_id = ${wanted.held}`, state, now })
  if (wanted.decision === 'discard') {
    await ends('discarded')
    return { ok: true, outcome: 'discarded' }
  }
  // Released first along the road, which takes the same key once only: a crash in between leaves it waiting, and a second release is a repetition.
  const released = await releaseAlongRoad(parts, wanted.account, item, item.said as HeldSaid)
  if (!released.ok) return released
  await ends('released')
  return released
}
