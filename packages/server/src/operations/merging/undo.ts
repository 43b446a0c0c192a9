import { newId, type OperationId, type TeamId } from '@parley/model'
import { type Change, type DeedVerdict, undoOperation, watches } from '@parley/rules'
import { sql } from 'kysely'
import { z } from 'zod'
import { recordEvent } from '../../conversations/index.ts'
import { haveAgain } from '../../hunting/index.ts'
import type { Turns } from '../../road/index.ts'
import { lockTeam } from '../../teams/index.ts'
import { type Actor, operation, refused } from '../operation.ts'
import { seekAfter } from '../seek-after.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'
import { type DoneBefore, homesOf, readDone, readLater, readWhose } from './done-before.ts'
import { conversationsWith } from './turn-of.ts'

const input = z.strictObject({ operation: z.uuid() })
type Input = z.infer<typeof input>

/** What was done is taken back: what was moved goes back, what was given ends, what was closed is open. What was said stays said. */
export const undo = operation<Input>({
  name: 'undo',
  summary: 'Undo an operation; what builds on it has to be undone before',
  input,
  refusals: ['nothing-to-undo', 'built-on'],
  async touches(db, { account }, wanted) {
    const row = await readDone(db, account, wanted.operation)
    const homes = row && (await homesOf(db, account, row))
    if (!homes) return null
    const ids = new Set(homes)
    // Who is two again may have come into more since.
    for (const change of row.changes ?? []) {
      if (change.kind !== 'become') continue
      for (const conversation of await conversationsWith(db, account, change.is)) ids.add(conversation)
    }
    return [...ids]
  },
  // Who did it may undo it, whatever is theirs to see by now; of what others did only those know who watch.
  async named(db, actor, wanted) {
    const row = await readWhose(db, actor.account, wanted.operation)
    if (row?.by === actor.person) return []
    return row && watches(actor) ? row.conversations : null
  },
  async perform(turns, actor, wanted) {
    const { account, person } = actor
    const row = await readDone(turns.tx, account, wanted.operation)
    if (!row) return refused('not-there')
    const verdict = row.by === person ? ({ ok: true } as const) : mayUndo(turns, actor)
    if (!verdict.ok) return verdict
    if (!row.changes || row.undone) return refused('nothing-to-undo')
    const shapes = turns.all.map(({ structure }) => structure)
    const later = await readLater(turns.tx, account, {
      sequence: row.sequence,
      conversations: shapes.map(({ conversation }) => conversation),
    })
    // Who has a ticket now has it by the last transfer: an earlier one gives it back to nobody.
    if (row.name === 'transfer' && later.some(({ name, ticket }) => name === row.name && ticket === row.ticket)) {
      return refused('built-on')
    }
    const standing = later.map(({ changes }) => changes)
    const decided = undoOperation(row.changes, standing, shapes, () => newId())
    if (!decided.ok) return decided
    const changes = await ofThoseThere(turns, account, await ofMembers(turns, account, decided.changes))
    await writeChanges(turns, account, changes)
    await giveBack(turns, actor, row)
    await seekAfter(turns, changes)
    for (const change of row.changes) if (change.kind === 'become') turns.became.push(change.is as never)
    const [conversation] = row.conversations
    const facts = { undoes: wanted.operation, name: row.name }
    if (conversation) await recordEvent(turns.tx, { account, conversation, person, kind: 'undone', facts }, turns.now)
    const result = conversation ? { conversation } : {}
    return { ok: true, result, undoes: wanted.operation as OperationId }
  },
})

/** What had taken tickets from those who answered: the search for the next, and what came of it, is over. */
async function giveBack(turns: Turns, { person }: Actor, { name, changes, at }: DoneBefore): Promise<void> {
  if (!changes || !['transfer', 'leave', 'remove', 'set-place'].includes(name)) return
  const back = changes.flatMap((change) => {
    if (change.kind === 'leave') return [change.place]
    return change.kind === 'field' && change.field === 'role' && 'place' in change.of ? [change.of.place] : []
  })
  const isAsked = name === 'transfer' && !changes.some(({ kind }) => kind === 'join' || kind === 'return')
  for (const turn of turns.all) {
    const { participants, interactions } = turn.structure
    const named = new Set([...back, ...changes.flatMap((change) => (change.kind === 'join' ? [change.place] : []))])
    const tickets = participants.flatMap(({ id, role, interaction }) => {
      const where = interactions.get(interaction)
      return named.has(id) && role === 'responder' && where?.kind === 'exchange' ? [where.ticket] : []
    })
    for (const ticket of new Set(tickets)) {
      await haveAgain(turn, { ticket, back, takenSince: isAsked ? at : null, by: person })
    }
  }
}

/** Without what a team would read again by those who have left it since. */
async function ofMembers(
  turns: Turns,
  account: Actor['account'],
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const teams = changes.flatMap((change) =>
    change.kind === 'give' && change.under && change.under !== 'let-see' ? [change.under] : [],
  )
  const members = new Map<string, readonly string[]>()
  // Whoever leaves it at this moment has either no right or the work that ends it.
  for (const team of new Set(teams.toSorted())) {
    members.set(team, (await lockTeam(turns.tx, account, team as TeamId)) ?? [])
  }
  return changes.filter(
    (change) => change.kind !== 'give' || members.get(change.under ?? '')?.includes(change.person) !== false,
  )
}

/** Without what would bring back somebody who has left the account since. */
async function ofThoseThere(
  { tx }: Turns,
  account: Actor['account'],
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const places = changes.flatMap((change) => (change.kind === 'return' ? [change.place] : []))
  const people = changes.flatMap((change) => (change.kind === 'give' ? [change.person] : []))
  if (places.length === 0 && people.length === 0) return changes
  const { rows } = await sql<{ person: string; place: string | null }>`
    select r.person_id as person, p.participant_id as place from responder r
    left join participant p on p.account_id = r.account_id and p.person_id = r.person_id and p.participant_id = any(${places}::uuid[])
    where r.account_id = ${account} and r.state in ('left', 'removed')
      and (r.person_id = any(${people}::uuid[]) or p.participant_id is not null)`.execute(tx)
  const gone = new Set(rows.flatMap(({ person, place }) => [person, place]))
  return changes.filter(
    (change) =>
      !(change.kind === 'return' && gone.has(change.place)) && !(change.kind === 'give' && gone.has(change.person)),
  )
}

/** What others did is undone by those who watch over it. Who sees nothing of it learns nothing of it. */
function mayUndo(turns: Turns, actor: Actor): DeedVerdict {
  const verdicts = turns.all.map(({ structure }) =>
    mayDoTo(structure, actor, 'undo-others', { conversation: structure.conversation }),
  )
  return verdicts.find(({ ok }) => ok) ?? { ok: false, refusal: 'not-there' }
}
