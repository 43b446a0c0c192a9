import type { OperationResult } from '@parley/protocol'
import type { Answer, Command, World } from '../model/world.ts'

export type Rows = <T>(query: string, values?: unknown[]) => Promise<T[]>

/** What came of an operation: what the laws leave to be chosen is looked up. */
export async function lookUp(rows: Rows, world: World, command: Command, result: OperationResult): Promise<Answer> {
  const one = async (query: string, value: unknown) => (await rows<{ id: string }>(query, [value]))[0]?.id
  const answer: { -readonly [K in keyof Answer]: Answer[K] } = { operation: result.operation }
  if (result.interaction) answer.room = result.interaction
  if (result.conversation) answer.conversation = result.conversation
  if (result.ticket) {
    answer.ticket = result.ticket
    const intake = await one('select intake_id as id from ticket where ticket_id = $1', result.ticket)
    if (intake) answer.intake = intake
  }
  const places = await rows<{ id: string; person: string }>(
    'select participant_id as id, person_id as person from participant where participant_id = any($1)',
    [result.participants ?? []],
  )
  answer.joined = places.map(({ person }) => person)
  const invited = await rows<{ id: string; person: string }>(
    'select invitation_id as id, person_id as person from place_invitation where invitation_id = any($1)',
    [result.invitations ?? []],
  )
  answer.invitations = new Map(invited.map(({ id, person }) => [person, id]))
  if (!['transfer', 'merge', 'leave', 'remove', 'erase-person'].includes(command.op)) return answer
  const closed = await rows<{ id: string }>(`select interaction_id as id from interaction where state = 'closed'`)
  answer.closed = closed.flatMap(({ id }) => (world.rooms.get(id)?.closed === false ? [id] : []))
  if (command.op === 'transfer') {
    answer.joined = result.interaction ? command.people : []
    const left = await rows<{ room: string; person: string }>(
      `select interaction_id as room, person_id as person from participant where left_at is not null`,
    )
    answer.taken = left.filter(({ room, person }) =>
      world.rooms.get(room)?.seats.some((seat) => seat.person === person && seat.here),
    )
  }
  return answer
}
