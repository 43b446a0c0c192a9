import { type ConversationId, newId, type PersonId } from '@parley/model'
import type { OperationResult } from '@parley/protocol'
import { type LeakRig, openLeakRig } from '../../packages/server/src/operations/leak-rig.fixture.ts'
import type { Opened } from '../model/opened.ts'
import { type Answer, type Command, homeOf, reads, type World } from '../model/world.ts'
import { inputs, type Lookup } from './inputs.ts'

/** Rows of the database, as far as an answer leaves to be looked up what it chose. */
interface Stands {
  readonly interaction: string
  readonly message: string
  readonly body: string
}

/** The real operations on a real database, without a server around them. */
export class ReadersHouse {
  readonly rig: LeakRig
  readonly names: ReadonlyMap<string, string>
  readonly #places = new Map<string, string>()
  private constructor(rig: LeakRig) {
    this.rig = rig
    this.names = new Map(Object.entries(rig.people).map(([name, person]) => [person, name]))
  }

  static async opens(): Promise<ReadersHouse> {
    return new ReadersHouse(await openLeakRig())
  }

  person = (name: string): PersonId => this.rig.people[name as keyof LeakRig['people']]

  /** A visitor with a question that these have answered. */
  async open(answeredBy: readonly string[]): Promise<Opened> {
    this.rig.house.clock.pass(1000)
    const begun = await this.rig.question(...(answeredBy as Parameters<LeakRig['question']>))
    const stands = await this.stands(begun.conversation)
    const messageIn = (interaction: string) => stands.find((one) => one.interaction === interaction)?.message ?? ''
    const [{ ticket = '' } = {}] = await this.rig.house.rows<{ ticket: string }>(
      'select ticket_id as ticket from ticket where conversation_id = $1',
      [begun.conversation],
    )
    return {
      ...{ conversation: begun.conversation, visitor: begun.visitor, ticket, intake: begun.intake },
      asked: messageIn(begun.intake),
      exchanges: begun.exchanges.map((id, index) => ({
        ...{ id, answer: messageIn(id) },
        answerer: this.person(answeredBy[index] ?? ''),
      })),
    }
  }

  stands(conversation: string): Promise<Stands[]> {
    return this.rig.house.rows<Stands>(
      `select p.interaction_id as interaction, p.message_id as message, m.body from placement p join message m on m.message_id = p.message_id
       where p.conversation_id = $1 order by p.ordinal, p.interaction_id`,
      [conversation],
    )
  }

  /** Does it: what came of it, or why it was refused. Ids of messages that are made stand in the command that is given back. */
  async does(
    world: World,
    command: Command,
  ): Promise<{ ok: true; command: Command; answer: Answer } | { ok: false; refusal: string }> {
    this.rig.house.clock.pass(1000)
    if (command.op === 'say') return this.#says(world, command)
    if (command.op === 'team-change') {
      const members = new Set(world.teams.get(command.team))
      if (command.in) members.add(command.person)
      else members.delete(command.person)
      await this.rig.changeTeam(command.team as never, [...members] as PersonId[])
      return { ok: true, command, answer: {} }
    }
    const describe = inputs[command.op] as
      | ((command: Command, look: Lookup) => { name: string; input: object })
      | undefined
    if (!describe) throw new Error(`nothing is known of ${command.op}`)
    await this.#readPlaces()
    const { name, input } = describe(command, {
      place: (room, person) => this.#places.get(`${room} ${person}`) ?? newId<PersonId>(),
      number: (by, room, position) => numberOf(world, by, room, position),
    })
    const done = await this.rig.does(command.by as PersonId, name, input)
    if (!done.ok) return { ok: false, refusal: done.refusal }
    const made = command.op === 'whisper' || command.op === 'file' ? { message: done.result.message ?? '' } : {}
    return {
      ok: true,
      command: { ...command, ...made } as Command,
      answer: await this.#answer(world, command, done.result),
    }
  }

  async #says(world: World, command: Extract<Command, { op: 'say' }>) {
    const { house } = this.rig
    const [interaction = ''] = command.rooms
    const room = world.rooms.get(interaction)
    const conversation = (room ? homeOf(world, room) : newId()) as ConversationId
    const said = await house.node.road.say(
      house.say(command.by as PersonId, { interaction: interaction as never, conversation }, command.message),
    )
    if (!said.ok) return { ok: false, refusal: said.refusal } as const
    // Where it went is the road's to say; whether its author may write there is judged.
    const stands = await this.stands(conversation)
    const rooms = stands.flatMap((one) => (one.message === said.message ? [one.interaction] : []))
    return { ok: true, command: { ...command, rooms, message: said.message }, answer: {} } as const
  }

  async #readPlaces(): Promise<void> {
    const rows = await this.rig.house.rows<{ room: string; person: string; id: string }>(
      'select interaction_id as room, person_id as person, participant_id as id from participant',
    )
    for (const { room, person, id } of rows) this.#places.set(`${room} ${person}`, id)
  }

  /** What the laws leave to be chosen is looked up. */
  async #answer(world: World, command: Command, result: OperationResult): Promise<Answer> {
    const { house } = this.rig
    const one = async (query: string, value: unknown) => (await house.rows<{ id: string }>(query, [value]))[0]?.id
    const answer: { -readonly [K in keyof Answer]: Answer[K] } = { operation: result.operation }
    if (result.interaction) answer.room = result.interaction
    if (result.conversation) answer.conversation = result.conversation
    if (result.ticket) {
      answer.ticket = result.ticket
      const intake = await one('select intake_id as id from ticket where ticket_id = $1', result.ticket)
      if (intake) answer.intake = intake
    }
    const places = await house.rows<{ id: string; person: string }>(
      'select participant_id as id, person_id as person from participant where participant_id = any($1)',
      [result.participants ?? []],
    )
    answer.joined = places.map(({ person }) => person)
    const invited = await house.rows<{ id: string; person: string }>(
      'select invitation_id as id, person_id as person from place_invitation where invitation_id = any($1)',
      [result.invitations ?? []],
    )
    answer.invitations = new Map(invited.map(({ id, person }) => [person, id]))
    if (command.op !== 'transfer' && command.op !== 'merge') return answer
    const closed = await house.rows<{ id: string }>(
      `select interaction_id as id from interaction where state = 'closed'`,
    )
    answer.closed = closed.flatMap(({ id }) => (world.rooms.get(id)?.closed === false ? [id] : []))
    if (command.op === 'transfer') {
      answer.joined = result.interaction ? command.people : []
      const left = await house.rows<{ room: string; person: string }>(
        `select interaction_id as room, person_id as person from participant where left_at is not null`,
      )
      answer.taken = left.filter(({ room, person }) =>
        world.rooms.get(room)?.seats.some((seat) => seat.person === person && seat.here),
      )
    }
    return answer
  }
}

function numberOf(world: World, by: string, room: string, position: number): number {
  const found = world.rooms.get(room)
  const slot = found?.slots[position - 1]
  const number = found && slot ? reads(world, by, found).indexOf(slot) + 1 : 0
  return number > 0 ? number : position
}
