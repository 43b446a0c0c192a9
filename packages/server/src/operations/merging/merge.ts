import { type ConversationId, newId } from '@parley/model'
import {
  type Change,
  isSealedIn,
  isSealedSomewhere,
  mergeConversations,
  mergeInteractions,
  mergeTickets,
  type SamePerson,
} from '@parley/rules'
import { z } from 'zod'
import { recordEvent } from '../../conversations/index.ts'
import { endHunt } from '../../hunting/index.ts'
import type { Turn, Turns } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { type Actor, operation, type Refusal, refused } from '../operation.ts'
import { isBeingErased } from '../sealing/erasing.ts'
import { vacuumAfter } from '../sealing/vacuum-after.ts'
import { mayDoTo } from '../standing.ts'
import { meant, type NamedThing, thing } from '../things.ts'
import { writeChanges } from '../write-changes.ts'
import { mayDoBoth } from './may-do-both.ts'
import { samePersonRows } from './same-person-rows.ts'
import { conversationsWith, turnOf } from './turn-of.ts'

const input = z
  .strictObject({ into: thing, from: thing, samePerson: z.boolean().optional() })
  .refine(({ into, from }) => kindOf(into) === kindOf(from), 'name two of one kind')
  .refine(({ from, samePerson }) => !samePerson || from.conversation !== undefined, 'only conversations have an asker')

type Input = z.infer<typeof input>

/** Two become one: what belonged to the one belongs to the other, and its id leads there. Nobody sees more or less by it. */
export const merge = operation<Input>({
  name: 'merge',
  summary: 'Merge one conversation, ticket or interaction into another of the same kind',
  input,
  refusals: ['wrong-state', 'not-together', 'conversation-closed', 'interaction-closed', 'asks-here', 'sealed'],
  async touches(db, actor, { into, from, samePerson }) {
    const { account } = actor
    const both = await conversationsOf(db, actor, [into, from])
    const second = both?.[1]
    if (!both || !second || !samePerson) return both
    const row = await db
      .selectFrom('conversation')
      .select('visitor_id')
      .where('account_id', '=', account)
      .where('conversation_id', '=', second)
      .executeTakeFirst()
    return row ? [...new Set([...both, ...(await conversationsWith(db, account, row.visitor_id))])] : null
  },
  // Who turns out to be somebody else may be in others besides.
  named: (db, actor, { into, from }) => conversationsOf(db, actor, [into, from]),
  async perform(turns, actor, wanted, { db }) {
    const into = await turnOf(turns, actor.account, wanted.into)
    const from = await turnOf(turns, actor.account, wanted.from)
    if (!into || !from) return refused('not-there')
    const verdict = mayDoBoth(
      mayDoTo(into.structure, actor, 'merge', meant(into.structure, wanted.into)),
      mayDoTo(from.structure, actor, 'merge', meant(from.structure, wanted.from)),
    )
    if (!verdict.ok) return verdict
    const decided = await decide(turns, actor, { into, from }, wanted)
    if (!decided.ok) return decided
    const { changes } = decided
    if (wanted.from.ticket !== undefined) await endHunt(from, wanted.from.ticket as never)
    await writeChanges(turns, actor.account, changes)
    // What lay open may have been sealed where it has come to.
    if (isSealedSomewhere(into.structure)) turns.afterwards.push(() => vacuumAfter(db))
    for (const change of changes) if (change.kind === 'become') turns.became.push(change.person as never)
    const what = meant(into.structure, wanted.into)
    const facts = { into: what, from: changes.find(({ kind }) => kind === 'merged') }
    const { account, person } = actor
    await recordEvent(
      turns.tx,
      { account, conversation: into.structure.conversation, person, kind: 'merged', facts },
      turns.now,
    )
    return { ok: true, result: what, changes }
  },
})

interface Two {
  readonly into: Turn
  readonly from: Turn
}

async function decide(
  turns: Turns,
  actor: Actor,
  { into, from }: Two,
  wanted: Input,
): Promise<{ ok: true; changes: Change[] } | Refusal> {
  const { interaction, ticket } = wanted.from
  if (interaction === undefined && ticket === undefined)
    return decideConversations(turns, actor, { into, from }, wanted)
  if (into !== from) return refused('not-together')
  const { structure } = into
  if (interaction !== undefined) {
    // It goes on in the other: what was sealed would go on in the open.
    const isSealed = isSealedIn(structure, interaction)
    if (isSealed && !isSealedIn(structure, wanted.into.interaction ?? '')) return refused('sealed')
    const named = { into: wanted.into.interaction ?? '', from: interaction, by: actor.person }
    const decided = mergeInteractions(structure, named, () => newId())
    return decided.ok
      ? { ok: true, changes: decided.changes.map((change) => withFace(from, interaction, change)) }
      : decided
  }
  return mergeTickets(structure, { into: wanted.into.ticket ?? '', from: ticket ?? '' })
}

async function decideConversations(
  turns: Turns,
  { account }: Actor,
  { into, from }: Two,
  { samePerson }: Input,
): Promise<{ ok: true; changes: Change[] } | Refusal> {
  // What is sealed would be erased with another's key, and leave over media that cannot carry it.
  if (from.structure.encryption === 'sealed' && into.structure.encryption !== 'sealed') return refused('sealed')
  // How people are called, let in and shown what is the house's is their site's.
  if (from.structure.site !== into.structure.site) return refused('not-together')
  let same: SamePerson | null = null
  if (samePerson && from.structure.visitor !== into.structure.visitor) {
    const { tx, now } = turns
    if (await isBeingErased(tx, account, [from.structure.visitor, into.structure.visitor])) return refused('not-there')
    same = await samePersonRows(tx, account, { person: from.structure.visitor, is: into.structure.visitor, now })
    if (!same) return refused('not-together')
  }
  const decided = mergeConversations(
    turns.all.map(({ structure }) => structure),
    { into: into.structure.conversation, from: from.structure.conversation, same },
  )
  if (!decided.ok) return decided
  return { ok: true, changes: [...decided.changes, ...letInTeams(into, from)] }
}

/** Who comes to a team later, or leaves it, is followed where it was let in: in what was merged, too. */
function letInTeams({ structure: into }: Turn, { structure: from }: Turn): Change[] {
  const missing = from.teams.filter((team) => !into.teams.includes(team))
  if (missing.length === 0) return []
  const of = { conversation: into.conversation as ConversationId }
  return [{ kind: 'field', of, field: 'teams', was: into.teams, is: [...into.teams, ...missing] }]
}

/** Who came in behind a face stands behind it where it goes on. */
function withFace({ structure }: Turn, interaction: string, change: Change): Change {
  if (change.kind !== 'join') return change
  const before = structure.participants.find((own) => own.interaction === interaction && own.person === change.person)
  return { ...change, alias: before?.alias || null, face: before?.face ?? null }
}

function kindOf(named: NamedThing): string | undefined {
  return Object.entries(named).find(([, id]) => id !== undefined)?.[0]
}
