import type { Thing } from '@parley/rules'
import type { Turn, Turns } from '../road/index.ts'
import type { Actor, Refusal } from './operation.ts'
import { refused } from './operation.ts'
import { mayDoTo } from './standing.ts'
import { meant, type NamedThing } from './things.ts'

/** What is to be closed or opened again, where whoever wants it may: the right to the one is the right to the other. */
export function findToClose(
  turns: Turns,
  actor: Actor,
  what: NamedThing,
): { ok: true; turn: Turn; of: Exclude<Thing, { place: string }> } | Refusal {
  const [turn] = turns.all
  if (!turn) return refused('not-there')
  const of = meant(turn.structure, what)
  const verdict = mayDoTo(turn.structure, actor, 'close', of)
  return verdict.ok ? { ok: true, turn, of } : verdict
}
