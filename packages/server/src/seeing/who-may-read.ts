import type { AccountId, ConversationId, InteractionId, PersonId } from '@parley/model'
import type { InteractionReader, InteractionRight } from '@parley/protocol'
import { isBehind, mayDoAt, mayTakeBack, rightsInOwnNumbers, watches } from '@parley/rules'
import { sql } from 'kysely'
import { aliasFor, placesSeen } from '../conversations/index.ts'
import type { Reader, Role } from '../db/index.ts'
import { asInOne } from '../operations/index.ts'
import { type HeldRight, loadStructures, type ParticipantPlace, type Structure } from '../road/index.ts'
import { toUnder } from './to-under.ts'

interface Looker {
  readonly account: AccountId
  readonly person: PersonId
  readonly role: Role | null
  readonly language: string
}

type Read =
  | { readonly ok: true; readonly readers: InteractionReader[] }
  | { readonly ok: false; readonly refusal: 'not-there' | 'not-allowed' }

const notThere: Read = { ok: false, refusal: 'not-there' }

/** Who may read an interaction, and why, as far as whoever looks may know of it. */
export async function readWhoMayRead(db: Reader, looker: Looker, interaction: InteractionId): Promise<Read> {
  const conversation = await findNear(db, looker, interaction)
  const structure = conversation && (await loadStructures(db, looker.account, [conversation])).get(conversation)
  if (!structure) return notThere
  const by = asInOne(structure, looker)
  const verdict = mayDoAt(structure, by, 'grant', interaction)
  if (!verdict.ok) return verdict
  const seen = placesOf(structure, interaction, by)
  const shown = rightsInOwnNumbers(structure, { interaction, by }).filter(
    ({ right }) => watches(by) || right.by === by.person || isSeen(seen, right),
  )
  const people = [...new Set(shown.flatMap(({ right }) => [right.person, ...(right.by === null ? [] : [right.by])]))]
  const atDesk = await deskAliases(db, looker.account, people)
  const begun = await beginnings(
    db,
    looker.account,
    shown.map(({ right }) => right.id),
  )
  const nameOf = (person: PersonId) => {
    const isThere = (one: ParticipantPlace) => one.person === person
    const place = seen.find(isThere) ?? (watches(by) ? structure.participants.find(isThere) : undefined)
    return place ? aliasFor(structure, place, looker.language, looker.person) : (atDesk.get(person) ?? '')
  }
  const readers = new Map<PersonId, InteractionReader>()
  for (const { right, part } of shown) {
    const mine = mayTakeBack(right, by)
    const isGiverKnown = right.by !== null && (watches(by) || right.by === by.person || isPlaced(seen, right.by))
    const reader = readers.get(right.person) ?? {
      person: watches(by) || mine ? right.person : null,
      alias: nameOf(right.person),
      you: right.person === by.person,
      isHere: seen.some(({ person, left }) => person === right.person && !left),
      rights: [],
      mayTakeBack: false,
    }
    const told: InteractionRight = {
      basis: right.basis,
      from: part?.from ?? null,
      to: part?.to ?? null,
      since: begun.get(right.id)?.toISOString() ?? new Date(0).toISOString(),
      by: right.by !== null && isGiverKnown ? nameOf(right.by) : null,
      under: toUnder(right.under),
    }
    readers.set(right.person, {
      ...reader,
      ...(mine ? { person: right.person, mayTakeBack: true } : {}),
      rights: [...reader.rights, told],
    })
  }
  // Who asks first, then who is there, then who only reads; each by name.
  const asks = new Set(seen.flatMap(({ person, role }) => (role === 'initiator' ? [person] : [])))
  const rank = ([person, { isHere }]: [PersonId, InteractionReader]) => (asks.has(person) ? 0 : isHere ? 1 : 2)
  const inOrder = [...readers].toSorted((a, b) => rank(a) - rank(b) || a[1].alias.localeCompare(b[1].alias))
  return { ok: true, readers: inOrder.map(([, reader]) => reader) }
}

/** The conversation of it, where they have something to do with it or watch: looked for in one step, whether it is there or not. */
async function findNear(db: Reader, looker: Looker, interaction: InteractionId): Promise<ConversationId | null> {
  const { account, person } = looker
  const { rows } = await sql<{ id: ConversationId }>`
    select i.conversation_id as id from interaction i where i.account_id = ${account} and i.interaction_id = ${interaction}
      and (${watches(looker)}::boolean or exists (select 1 from span s where s.account_id = i.account_id and s.person_id = ${person}
        and s.interaction_id = i.interaction_id and (s.to_position is null or s.to_position >= s.from_position)))`.execute(
    db,
  )
  return rows[0]?.id ?? null
}

/** The places there as they know them. Who stands behind a face that they do not is nobody in particular to them. */
function placesOf(structure: Structure, interaction: InteractionId, by: Looker): ParticipantPlace[] {
  const places = placesSeen(structure, interaction, { person: by.person, role: by.role, goesOn: true })
  if (watches(by)) return places
  return places.filter(({ face }) => face === null || isBehind(structure.participants, by.person, face))
}

const isPlaced = (seen: readonly ParticipantPlace[], person: PersonId) => seen.some((place) => place.person === person)

/** That somebody watches is seen where their place is. */
const isSeen = (seen: readonly ParticipantPlace[], { person, basis }: HeldRight) =>
  seen.some((place) => place.person === person && (basis !== 'observer' || place.role === 'observer'))

async function deskAliases(
  db: Reader,
  account: AccountId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string>> {
  const { rows } = await sql<{ person: PersonId; alias: string }>`
    select p.person_id as person, coalesce(nullif(r.alias, ''), p.name, '') as alias from person p
      left join responder r on r.account_id = p.account_id and r.person_id = p.person_id
    where p.account_id = ${account} and p.person_id = any(${people}::uuid[])`.execute(db)
  return new Map(rows.map(({ person, alias }) => [person, alias]))
}

async function beginnings(db: Reader, account: AccountId, rights: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select span_id as id, created_at as at from span where account_id = ${account} and span_id = any(${rights}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, at }) => [id, at]))
}
