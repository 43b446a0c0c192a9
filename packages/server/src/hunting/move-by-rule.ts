import type { PersonId, TicketId } from '@parley/model'
import { mayMove } from '@parley/rules'
import type { Turn } from '../road/index.ts'
import { moveTicket } from './move-ticket.ts'
import { readHunt } from './read-hunt.ts'
import { toRequest } from './read-request.ts'

/** Moves the ticket on where a rule of the site says so: after the visitor's words, or when a fact became known (`said` is null). */
export async function moveByRule(turn: Turn, ticket: TicketId, said: string | null): Promise<boolean> {
  const { structure } = turn
  const { rules } = structure.policy.moves
  if (rules.length === 0) return false
  const held = structure.participants.filter(
    ({ left, role, interaction }) =>
      !left &&
      (role === 'responder' || role === 'virtual') &&
      structure.interactions.get(interaction)?.ticket === ticket,
  )
  const teams = await teamsOf(
    turn,
    held.map(({ person }) => person),
  )
  const hunt = await readHunt(turn, ticket)
  const verdict = mayMove(rules, {
    request: toRequest(hunt, null),
    said,
    holders: held.map(({ person, role }) => ({ person, teams: teams.get(person) ?? [], virtual: role === 'virtual' })),
    moves: hunt.moves,
  })
  if (!verdict.moves) return false
  const { rule, reason } = verdict
  const concerned = held.filter(
    ({ role }) => rule.from === 'anyone' || (role === 'virtual') === (rule.from === 'virtual'),
  )
  await moveTicket(turn, {
    ticket,
    reason,
    rule: rule.name,
    from: concerned.map(({ id }) => id),
    ...(rule.to.target ? { target: rule.to.target } : {}),
    ...(rule.to.facts ? { facts: rule.to.facts } : {}),
  })
  return true
}

async function teamsOf(turn: Turn, people: readonly PersonId[]): Promise<Map<PersonId, string[]>> {
  const teams = new Map<PersonId, string[]>(people.map((person) => [person, []]))
  if (people.length === 0) return teams
  const rows = await turn.tx
    .selectFrom('team_member')
    .select(['person_id', 'team_id'])
    .where('account_id', '=', turn.structure.account)
    .where('person_id', 'in', people)
    .execute()
  for (const { person_id, team_id } of rows) teams.get(person_id)?.push(team_id)
  return teams
}
