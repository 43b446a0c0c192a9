import type { InteractionId } from '@parley/model'
import { type Change, isSealedIn } from '@parley/rules'
import { sql } from 'kysely'
import type { Turn, Turns } from '../../road/index.ts'
import { sealAddresses } from './seal-addresses.ts'
import { sealFieldsOf } from './seal-fields.ts'
import { sealDone } from './seal-on-the-way.ts'
import { sealRows } from './seal-rows.ts'

/**
 * What has come to where everything is sealed is sealed there; and what has gone from one conversation to another, or back, lies under the
 * key of the one that it belongs to now, and of no other: erasing either takes all of its own, and nothing else (0138).
 */
export async function sealMoved(turns: Turns, changes: readonly Change[]): Promise<void> {
  const moved = new Set<string>()
  const placed = new Map<Turn, string[]>()
  for (const change of changes) {
    if (change.kind === 'move-ticket') for (const id of [change.from, change.to]) moved.add(id)
    if (change.kind === 'place' || change.kind === 'move-interaction') {
      const turn = turns.having(change.interaction as InteractionId)
      if (!turn || !isSealedIn(turn.structure, change.interaction)) continue
      if (change.kind === 'move-interaction') await sealRows(turn, { interaction: change.interaction })
      else placed.set(turn, [...(placed.get(turn) ?? []), change.message])
    }
  }
  for (const [turn, messages] of placed) await sealRows(turn, { messages })
  for (const id of moved) {
    const turn = turns.all.find(({ structure }) => structure.conversation === id)
    if (turn) await settle(turns, turn)
  }
}

async function settle(turns: Turns, turn: Turn): Promise<void> {
  const { conversation, encryption, mergedInto } = turn.structure
  const into = turns.all.find(({ structure }) => structure.conversation === mergedInto)
  if (into?.structure.encryption === 'sealed') await sealLeft(turn)
  if (encryption === 'sealed') await sealRows(turn, { conversation })
  await sealRows(turn, { conversation }, 'own-key')
}

/** What is left of a conversation that was merged into a sealed one: under its own key, since it goes back with it. */
async function sealLeft({ tx, structure }: Turn): Promise<void> {
  const { account, conversation, visitor } = structure
  await sealFieldsOf(tx, { account, conversation }, 'conversation', sql`conversation_id = ${conversation}`)
  await sealDone(tx, account, conversation)
  await sealAddresses(tx, account, visitor)
}
