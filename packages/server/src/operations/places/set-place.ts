import { newId, type PersonId } from '@parley/model'
import { setPlace as decide, hasAnswered, houseFace, isBehind, mayRead, screen, watches } from '@parley/rules'
import { sql } from 'kysely'
import { z } from 'zod'
import { isErased } from '../../people/index.ts'
import {
  identitiesBeside,
  type ParticipantPlace,
  peopleBeside,
  type Structure,
  spansOf,
  type Turns,
} from '../../road/index.ts'
import { afterGoing } from '../after-going.ts'
import { conversationsOf } from '../find-things.ts'
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
  touches: (db, actor, { participant }) => conversationsOf(db, actor, [{ participant }]),
  async perform(turns, actor, { participant, ...wanted }) {
    const [turn] = turns.all
    const place = turn?.structure.participants.find(({ id }) => id === participant)
    if (!turn || !place) return refused('not-there')
    const { structure } = turn
    const of = { interaction: place.interaction }
    const verdict = mayDoTo(structure, actor, 'read', of)
    const seesAll = watches(actor)
    if (!verdict.ok && !seesAll) return verdict
    // Who watches unseen is not there for anybody else.
    if (place.role === 'observer' && !seesAll && place.person !== actor.person) {
      return refused(hasAnswered(structure, place) ? 'wrong-state' : 'not-there')
    }
    if (await isErased(turns.tx, actor.account, place.person)) return refused('wrong-state')
    const decided = decide(
      structure,
      {
        place: place.id,
        by: actor.person,
        watches: seesAll,
        manages: standingIn(structure, actor, of).manages,
        alias: place.alias,
        face: place.face,
        others: [...namesSeen(structure, actor.person, seesAll, place), ...faceNames(structure)],
        identities: await identitiesSeen(turns, structure, actor.person, [wanted.alias, wanted.face]),
      },
      wanted,
      () => newId(),
    )
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    if (place.role === 'responder' && wanted.role === 'observer') await afterGoing(turn, [place], actor.person)
    return {
      ok: true,
      result: { interaction: place.interaction, participant: place.id },
      changes: decided.changes,
    }
  },
})

/**
 * What others are called in what whoever asks may see: nobody is called like them, in whatever exchange. What somebody is called where they do
 * not read, or behind a face, is no secret that a refusal may tell.
 */
function namesSeen(structure: Structure, by: PersonId, seesAll: boolean, place: ParticipantPlace): string[] {
  const spans = spansOf(structure, by)
  return structure.participants
    .filter(({ person }) => person !== place.person)
    .filter(({ interaction }) => seesAll || mayRead(spans, interaction).length > 0)
    .filter(({ role }) => seesAll || role !== 'observer')
    .filter(({ face }) => face === null || isBehind(structure.participants, by, face))
    .flatMap(({ alias, face }) => (face === null || face === houseFace ? [alias] : [alias, face]))
}

/** What the site's one face is called, in every language: nobody is called so who does not stand behind it. */
const faceNames = ({ policy: { face } }: Structure): string[] => (face === 'named' ? [] : Object.values(face.name))

/** Names and addresses of those whom somebody is in something with, and the name itself where it has the form of an address. */
async function identitiesSeen(
  { tx }: Turns,
  structure: Structure,
  by: PersonId,
  wanted: readonly (string | null | undefined)[],
): Promise<string[]> {
  const names = wanted.filter((name) => name != null)
  if (names.length === 0) return []
  const { account, policy } = structure
  const { rows } = await sql<{ name: string }>`
    select distinct w.name from person w
    where w.account_id = ${account} and w.person_id = any(${[...peopleBeside(structure, by)]}::uuid[]) and w.name is not null
      and not (case when w.kind = 'visitor' then ${policy.named.visitor}::boolean else ${policy.named.responder}::boolean end)`.execute(
    tx,
  )
  const known = [...identitiesBeside(structure, by), ...rows.map(({ name }) => name)]
  const isMasked = (name: string) =>
    screen(name, { mask: 'all', strict: true, style: 'dots', known, countries: policy.countries }).masked.length > 0
  return [...known, ...names.filter(isMasked)]
}
