import type { AddressId, InteractionId, Medium, PersonId, TicketId } from '@parley/model'
import { asksOn, here, whyNotInto } from '@parley/rules'
import { sql } from 'kysely'
import { keyForms } from '../../db/index.ts'
import { findForCategory } from '../../hunting/index.ts'
import { personOutside } from '../../people/index.ts'
import type { Turn } from '../../road/index.ts'
import type { OperationContext } from '../context.ts'
import type { Actor, Refusal } from '../operation.ts'
import { refused } from '../operation.ts'
import type { Asked } from './inputs.ts'

/** A category finds so many people at most: whoever asks a whole company asks by team. */
const mostByCategory = 10
const mostAtOnce = 50
const mostInAnHour = 100

export interface FoundAsked {
  readonly person: PersonId
  /** The address by which they were named. */
  readonly at: AddressId | null
}

/**
 * Those whom an operation asks into an interaction (or into one that is to be opened from it): each once. Whoever is named and cannot be
 * asked refuses it all; of a team or a category those are asked who can be. Somebody who asks here is answered as nobody, by whatever they
 * are named, so that nobody finds out by asking who it is.
 */
export async function findAsked(
  turn: Turn,
  actor: Actor,
  wanted: Asked & { readonly interaction: InteractionId; readonly ticket: TicketId; readonly isNew: boolean },
  context: OperationContext,
): Promise<{ ok: true; asked: FoundAsked[] } | Refusal> {
  const { structure } = turn
  const { interaction, isNew } = wanted
  const invited = isNew ? new Set<PersonId>() : await invitedAlready(turn, interaction)
  const whyNot = (person: PersonId) => {
    if (person === actor.person || invited.has(person)) return 'wrong-state'
    if (isNew) return asksOn(structure, interaction, person) ? 'no-such-person' : null
    const not = whyNotInto(structure, interaction, person)
    return not === 'asks-here' ? 'no-such-person' : not
  }
  const found = new Map<PersonId, FoundAsked>()
  const named = (wanted.people ?? []) as PersonId[]
  if (!(await areColleagues(turn, named))) return refused('no-such-person')
  for (const person of named) {
    const not = whyNot(person)
    if (not) return refused(not)
    found.set(person, { person, at: null })
  }
  if (wanted.outside) {
    const { medium, address: value, name } = wanted.outside
    const { account, person: by, language } = actor
    const outside = await personOutside(
      turn.tx,
      context.addresses,
      { account, by, medium, value, name, language },
      turn.now,
    )
    if (!outside.ok) return refused(outside.refusal)
    if (await asksFrom(turn, interaction, medium, outside.key)) return refused('no-such-person')
    const not = whyNot(outside.person)
    if (not) return refused(not)
    found.set(outside.person, { person: outside.person, at: outside.address })
  }
  const groups = await inTeams(turn, wanted.teams ?? [])
  if (!groups) return refused('no-such-person')
  const wanting = wanted.category
    ? await findForCategory(turn, wanted.ticket, wanted.category, mostByCategory)
    : { ok: true as const, people: [] }
  if (!wanting.ok) return refused('unknown-choice')
  for (const person of [...groups, ...wanting.people]) {
    if (!found.has(person) && whyNot(person) === null) found.set(person, { person, at: null })
  }
  const asks = wanted.teams !== undefined || wanted.category !== undefined
  if (asks && found.size === 0) return refused('no-such-person')
  if (found.size > mostAtOnce || (await askedLately(turn, actor.person)) + found.size > mostInAnHour) {
    return refused('too-many')
  }
  return { ok: true, asked: [...found.values()] }
}

export async function areColleagues({ tx, structure }: Turn, people: readonly PersonId[]): Promise<boolean> {
  if (people.length === 0) return true
  const rows = await tx
    .selectFrom('responder')
    .select('person_id')
    .where('account_id', '=', structure.account)
    .where('person_id', 'in', [...people])
    .where('state', 'in', ['active', 'paused'])
    .execute()
  return rows.length === new Set(people).size
}

async function invitedAlready({ tx, structure, now }: Turn, interaction: InteractionId): Promise<Set<PersonId>> {
  const rows = await tx
    .selectFrom('place_invitation')
    .select('person_id')
    .where('account_id', '=', structure.account)
    .where('interaction_id', '=', interaction)
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .execute()
  return new Set(rows.map(({ person_id }) => person_id))
}

/** Null where one of the teams is none. */
async function inTeams({ tx, structure }: Turn, teams: readonly string[]): Promise<PersonId[] | null> {
  if (teams.length === 0) return []
  const { rows } = await sql<{ team: string; person: PersonId | null }>`
    select t.team_id as team, r.person_id as person from team t
    left join team_member m on m.account_id = t.account_id and m.team_id = t.team_id
    left join responder r on r.account_id = m.account_id and r.person_id = m.person_id and r.state in ('active', 'paused')
    where t.account_id = ${structure.account} and t.team_id = any(${teams}::uuid[])`.execute(tx)
  if (new Set(rows.map(({ team }) => team)).size < new Set(teams).size) return null
  return rows.flatMap(({ person }) => person ?? [])
}

/** Is that where somebody is reached who asks here? */
async function asksFrom(
  { tx, structure }: Turn,
  interaction: InteractionId,
  medium: Medium,
  key: string,
): Promise<boolean> {
  const asking = [...structure.participants].flatMap(({ person }) =>
    asksOn(structure, interaction, person) ? [person] : [],
  )
  if (asking.length === 0) return false
  const row = await tx
    .selectFrom('address')
    .select('address_id')
    .where('account_id', '=', structure.account)
    .where('medium', '=', medium)
    .where('value_key', 'in', keyForms(tx, key))
    .where('person_id', 'in', [...new Set(asking)])
    .executeTakeFirst()
  return row !== undefined
}

async function askedLately({ tx, structure, now }: Turn, by: PersonId): Promise<number> {
  const { count } = await tx
    .selectFrom('place_invitation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', structure.account)
    .where('invited_by', '=', by)
    .where('created_at', '>', new Date(now.getTime() - 3_600_000))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How somebody is called there, or elsewhere in the conversation; null where they are in nothing of it. */
export function calledHere({ structure }: Turn, interaction: InteractionId, person: PersonId): string | null {
  const own =
    here(structure, interaction).find((place) => place.person === person) ??
    structure.participants.findLast((place) => place.person === person)
  return structure.participants.find(({ id }) => id === own?.id)?.alias ?? null
}
