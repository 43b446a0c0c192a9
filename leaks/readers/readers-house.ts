import { type ConversationId, newId, type PersonId } from '@parley/model'
import { type LeakRig, openLeakRig } from '../../packages/server/src/operations/leak-rig.fixture.ts'
import type { Opened } from '../model/opened.ts'
import { type Answer, type Command, homeOf, reads, type World } from '../model/world.ts'
import { inputs, type Lookup } from './inputs.ts'
import { lookUp } from './look-up.ts'

/** Rows of the database, as far as an answer leaves to be looked up what it chose. */
interface Stands {
  readonly interaction: string
  readonly message: string
  readonly body: string
}

export interface Done {
  readonly ok: true
  readonly command: Command
  readonly answer: Answer
}

/** The real operations on a real database, without a server around them. */
export class ReadersHouse {
  readonly rig: LeakRig
  readonly names: Map<string, string>
  /** What was said, by the id of the message. */
  readonly words = new Map<string, string>()
  readonly #told = new Map<string, { numbering: string; messages: readonly string[] }>()
  readonly #roomOf = new Map<string, string>()
  readonly #colours = new Map<string, number>()
  readonly tells: World['tells']
  /** Its name. */
  readonly database: string
  private constructor(rig: LeakRig, tells: World['tells'], database: string) {
    this.rig = rig
    this.tells = tells
    this.database = database
    this.names = new Map(Object.entries(rig.people).map(([name, person]) => [person, name]))
  }

  /** `tells`: what it tells of its own fields to others. */
  static async opens(tells: World['tells'] = { visitor: [], responder: [] }): Promise<ReadersHouse> {
    const rig = await openLeakRig({ fields: tells })
    const [{ name = '' } = {}] = await rig.house.rows<{ name: string }>('select current_database() as name')
    return new ReadersHouse(rig, tells, name)
  }

  person = (name: string): PersonId => this.rig.people[name as keyof LeakRig['people']]

  async anotherFay(role: 'responder' | 'operator'): Promise<void> {
    this.names.set(await this.rig.anotherFay(role), 'fay')
  }

  /** A visitor with a question that these have answered. */
  async open(answeredBy: readonly string[]): Promise<Opened> {
    this.rig.house.clock.pass(1000)
    const begun = await this.rig.question(...(answeredBy as Parameters<LeakRig['question']>))
    const stands = await this.stands(begun.conversation)
    for (const { message, body } of stands) this.words.set(message, body)
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
  async does(world: World, command: Command): Promise<Done | { ok: false; refusal: string }> {
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
    const places = new Map(
      [...(await this.places())].map(([place, person]) => [`${this.#roomOf.get(place)} ${person}`, place]),
    )
    const { name, input } = describe(command, {
      place: (room, person) => places.get(`${room} ${person}`) ?? newId<PersonId>(),
      number: (by, room, position) => numberOf(world, by, room, position),
    })
    const done = await this.rig.does(command.by as PersonId, name, input)
    if (!done.ok) return { ok: false, refusal: done.refusal }
    const made = command.op === 'whisper' || command.op === 'file' ? { message: done.result.message ?? '' } : {}
    if ('message' in made && 'message' in command) this.words.set(made.message, command.message)
    return {
      ok: true,
      command: { ...command, ...made } as Command,
      answer: await lookUp(this.rig.house.rows, world, command, done.result),
    }
  }

  /** Somebody asks for an operation by an id under which another was done; null when it is answered. */
  async repeats(person: string, operation: string): Promise<string | null> {
    const rows = await this.rig.house.rows<{ name: string }>('select name from operation where operation_id = $1', [
      operation,
    ])
    const name = rows[0]?.name ?? ''
    // Any input that has its shape: what was done under the id is answered before it is looked at.
    const done = await this.rig.does(person as PersonId, name, shapes[name] ?? {}, operation as never)
    return done.ok ? null : done.refusal
  }

  async #says(world: World, command: Extract<Command, { op: 'say' }>) {
    const { house } = this.rig
    const [interaction = ''] = command.rooms
    const room = world.rooms.get(interaction)
    const conversation = (room ? homeOf(world, room) : newId()) as ConversationId
    const said = await house.node.road.say({
      ...house.say(command.by as PersonId, { interaction: interaction as never, conversation }, command.message),
      ...(command.sealed ? { encryption: 'sealed' } : {}),
    })
    if (!said.ok) return { ok: false, refusal: said.refusal } as const
    this.words.set(said.message, command.message)
    // Where it went is the road's to say; whether its author may write there is judged.
    const stands = await this.stands(conversation)
    const rooms = stands.flatMap((one) => (one.message === said.message ? [one.interaction] : []))
    return { ok: true, command: { ...command, rooms, message: said.message }, answer: {} } as const
  }

  /** Everything that somebody can read: their list with all that stands in it, what a search finds, and what was done, as bytes. */
  everything = (person: string): Promise<string> => this.rig.everything(person as PersonId, 'words')

  finds = (person: string, query: string): Promise<string[]> => this.rig.finds(person as PersonId, query)

  /** Who answers is told apart by one colour, the same for everybody and always. */
  isOfOneColour(place: string, colour: number): boolean {
    const before = this.#colours.get(place) ?? colour
    this.#colours.set(place, before)
    return before === colour
  }

  /** Are numbers that somebody was told by this name still those of what they read? They only grow; else they run anew under another name. */
  runsFor(reader: string, numbering: string, messages: readonly string[]): boolean {
    const before = this.#told.get(reader)
    this.#told.set(reader, { numbering, messages })
    return before?.numbering !== numbering || before.messages.every((id, index) => messages[index] === id)
  }

  /** Whose each place is. */
  async places(): Promise<Map<string, string>> {
    const rows = await this.rig.house.rows<{ room: string; person: string; id: string }>(
      'select interaction_id as room, person_id as person, participant_id as id from participant',
    )
    for (const { room, id } of rows) this.#roomOf.set(id, room)
    return new Map(rows.map(({ id, person }) => [id, person]))
  }
}

/** A position as whoever gives it counts it. */
export function numberOf(world: World, by: string, room: string, position: number): number {
  const found = world.rooms.get(room)
  const slot = found?.slots[position - 1]
  const number = found && slot ? reads(world, by, found).indexOf(slot) + 1 : 0
  return number > 0 ? number : position
}

const id = '00000000-0000-7000-8000-000000000000'
/** An input for each operation that names nothing there is. */
const shapes: Record<string, object> = {
  add: { interaction: id, people: [id] },
  invite: { interaction: id, people: [id] },
  'open-backchannel': { from: id },
  'answer-invitation': { invitation: id, accept: true },
  'withdraw-invitation': { invitation: id },
  leave: { interaction: id },
  remove: { participant: id },
  whisper: { interaction: id, text: 'words' },
  observe: { interaction: id },
  'set-place': { participant: id, role: 'observer' },
  grant: { interaction: id, person: id },
  revoke: { interaction: id, person: id },
  'let-see': { conversation: id, on: true },
  'let-team-in': { conversation: id, team: id },
  'let-team-out': { conversation: id, team: id },
  transfer: { ticket: id, to: { people: [id] } },
  merge: { into: { interaction: id }, from: { interaction: id } },
  split: { ticket: id, interactions: [id] },
  copy: { messages: [id], from: id, to: id },
  link: { a: { interaction: id }, b: { interaction: id } },
  file: { interaction: id, said: { text: 'words', at: '2026-02-01T10:00:00Z' } },
  close: { what: { interaction: id } },
  reopen: { what: { interaction: id } },
  seal: { conversation: id },
  erase: { conversation: id },
  'erase-person': { person: id },
  'set-fields': { what: { interaction: id }, name: 'name' },
  undo: { operation: id },
}
