import { newId, type ParticipantId } from '@parley/model'
import { setPlace as decide, isBehind, screen } from '@parley/rules'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Structure, Turns } from '../../road/index.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo, standingIn } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'

const alias = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{C}]+$/u, 'letters, digits and signs')

/** What somebody is called at their place, whether they manage there, and whether they only watch. */
export const setPlace = operation({
  name: 'set-place',
  summary: 'Change the alias or the face of a place, its role, or whether it manages the interaction',
  input: z.strictObject({
    participant: z.uuid(),
    alias: alias.optional(),
    manages: z.boolean().optional(),
    role: z.enum(['responder', 'observer']).optional(),
    /** `house`: the one of the site's policy. Null: nobody but themselves. */
    face: alias.nullable().optional(),
  }),
  refusals: ['wrong-state', 'alias-taken', 'alias-identifies'],
  async touches(db, { account }, { participant }) {
    const row = await db
      .selectFrom('participant')
      .select('conversation_id')
      .where('account_id', '=', account)
      .where('participant_id', '=', participant as ParticipantId)
      .executeTakeFirst()
    return row ? [row.conversation_id] : null
  },
  async perform(turns, actor, { participant, ...wanted }) {
    const [turn] = turns.all
    const place = turn?.structure.participants.find(({ id }) => id === participant)
    if (!turn || !place) return refused('not-there')
    const { structure } = turn
    const of = { interaction: place.interaction }
    const verdict = mayDoTo(structure, actor, 'read', of)
    const watches = actor.role === 'supervisor' || actor.role === 'administrator'
    if (!verdict.ok && !watches) return verdict
    // Who watches unseen is not there for anybody else.
    if (place.role === 'observer' && !watches && place.person !== actor.person) return refused('not-there')
    const decided = decide(
      structure,
      {
        place: place.id,
        by: actor.person,
        watches,
        manages: standingIn(structure, actor, of).manages,
        alias: place.alias,
        face: place.face,
        others: structure.participants
          .filter(({ interaction, id }) => interaction === place.interaction && id !== place.id)
          // What somebody is called behind a face is no secret that a refusal may tell.
          .filter(({ face }) => face === null || isBehind(structure.participants, actor.person, face))
          .map((other) => other.alias),
        identities: wanted.alias === undefined ? [] : await identitiesIn(turns, structure, wanted.alias),
      },
      wanted,
      () => newId(),
    )
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    return {
      ok: true,
      result: { interaction: place.interaction, participant: place.id },
      changes: decided.changes,
    }
  },
})

/** Names and addresses of everyone in the conversation, and the alias itself where it has the form of an address. */
async function identitiesIn({ tx }: Turns, structure: Structure, alias: string): Promise<string[]> {
  const { account, conversation, policy } = structure
  const { rows } = await sql<{ name: string }>`
    select distinct w.name from participant p join person w on w.account_id = p.account_id and w.person_id = p.person_id
    where p.account_id = ${account} and p.conversation_id = ${conversation} and w.name is not null
      and not (case when w.kind = 'visitor' then ${policy.named.visitor}::boolean else ${policy.named.responder}::boolean end)`.execute(
    tx,
  )
  const known = [...structure.identities.map(({ value }) => value), ...rows.map(({ name }) => name)]
  const { masked } = screen(alias, { mask: 'all', strict: true, style: 'dots', known, countries: policy.countries })
  return masked.length > 0 ? [...known, alias] : known
}
