import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/client'
import { type Seeded, type WindowPerson, waitFor } from '@parley/dev-env'
import type { ConversationView, MessageView, OperationResult, SearchResponse, ServerFrame } from '@parley/protocol'
import { chooseCommand } from '../history/choose-command.ts'
import { apply } from '../model/laws.ts'
import { mustRefuse } from '../model/must-refuse.ts'
import { knownPerson, type Opened, opened } from '../model/opened.ts'
import { type Answer, type Command, emptyWorld, homeOf, knows, reads, type World } from '../model/world.ts'
import { inputs, type Lookup } from '../readers/inputs.ts'
import { lookUp } from '../readers/look-up.ts'
import { numberOf } from '../readers/readers-house.ts'
import { type Places, whatFramesTell } from './frames-heard.ts'
import { probe } from './probe.ts'
import { asked } from './roads.ts'
import { byMail, type RoadsStage, roles } from './roads-stage.ts'

type Done = { readonly ok: true; readonly command: Command; readonly answer: Answer }
type Outcome = Done | { readonly ok: false; readonly command: Command; readonly refusal: string }

const notTried: readonly Command['op'][] = ['seal', 'erase']
const kinds = (['say', 'team-change', ...Object.keys(inputs)] as Command['op'][]).filter(
  (kind) => !notTried.includes(kind),
)
/** What comes of them is looked up, so nothing may happen beside them. */
const alone: readonly Command['op'][] = ['transfer', 'merge', 'undo', 'split', 'split-messages', 'team-change']

/** One history over every road; two servers, several people at once. Throws what was wrong, with the history. */
export async function runRoads(stage: RoadsStage, random: Seeded, batches: number): Promise<void> {
  const history = new RoadsHistory(stage, random)
  try {
    await history.begins()
    for (let n = 0; n < batches; n++) await history.goesOn()
    await history.ends()
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.stack : error}\n${history.readable()}`, { cause: error })
  } finally {
    history.leaves()
  }
}

class RoadsHistory {
  readonly #stage: RoadsStage
  readonly #random: Seeded
  readonly #visitors = new Map<string, WindowPerson>()
  readonly #live = new Map<string, Client>()
  readonly #opened: Opened[] = []
  readonly #log: Done[] = []
  readonly #lines: string[] = []
  /** The canary of each message. */
  readonly #words = new Map<string, string>()
  /** For each step, what each person may have come to know: message ids. */
  readonly #allowed: Map<string, Set<string>>[] = []
  /** For each step, the worlds that may have been when it was over. */
  readonly #worlds: (readonly World[])[] = []
  /** What was heard from then on was asked for with cursors. */
  #lastLive = 0
  readonly #mark: string
  /** Whom it has at first. */
  #members: readonly string[] = []
  #team = ''
  #count = 0
  #world: World = emptyWorld()
  readonly #firstHeard: number

  constructor(stage: RoadsStage, random: Seeded) {
    this.#stage = stage
    this.#random = random
    this.#mark = random.int(1e8, 1e9).toString(36)
    this.#firstHeard = stage.ear.heard.length
    stage.ear.step = 0
  }

  readable(): string {
    let text = this.#lines.join('\n')
    for (const { name, person } of this.#stage.account.responders) text = text.replaceAll(person, name)
    return text
  }

  leaves(): void {
    for (const client of this.#live.values()) client.stop()
    for (const visitor of this.#visitors.values()) visitor.leaves()
    this.#stage.ear.heard.length = 0
  }

  #canary = (): string => `canary${this.#mark}x${++this.#count}z`

  async begins(): Promise<void> {
    const stage = this.#stage
    const random = this.#random
    for (const name of ['ana', 'ben']) {
      const visitor = stage.visitor(name, random)
      const answerers = random.shuffle(Object.keys(roles)).slice(0, random.int(1, 2))
      const begun = await stage.asked(visitor, answerers, this.#canary)
      this.#visitors.set(begun.visitor, visitor)
      this.#opened.push(begun)
      if (visitor.client) this.#live.set(begun.visitor, visitor.client)
    }
    for (const [name, desk] of stage.desks) {
      if (!byMail.includes(name))
        this.#live.set(
          stage.person(name),
          desk.connects(random.int(0, 1), random.chance(0.3) ? 'poll' : 'socket', () => random.next()),
        )
    }
    this.#members = random.shuffle(Object.keys(roles)).slice(0, random.int(1, 2)).map(stage.person)
    this.#team = await stage.team(this.#members)
    this.#world = this.#replay(this.#log)
    await this.#learnWords()
    this.#allow([this.#world])
    await this.#compares([...this.#world.roles.keys()])
  }

  /** Some things at once, or one; then everybody is asked what they have. */
  async goesOn(): Promise<void> {
    const stage = this.#stage
    stage.ear.step++
    this.#passes()
    const wanted: Command[] = []
    const most = this.#random.chance(0.4) ? this.#random.int(2, 3) : 1
    while (wanted.length < most) {
      const command = this.#chosen()
      if (wanted.length > 0 && alone.includes(command.op)) continue
      wanted.push(command)
      if (alone.includes(command.op)) break
    }
    this.#lines.push(wanted.map((command) => JSON.stringify(command)).join('  &  '))
    const outcomes = await Promise.all(wanted.map((command) => this.#does(command)))
    for (const one of outcomes)
      this.#lines.push(one.ok ? `  done ${JSON.stringify(one.answer)}` : `  refused: ${one.refusal}`)
    await this.#learnWords()
    const orders = permutations(outcomes.filter((one) => one.ok))
    const worlds = orders.flatMap((order) => {
      const world = this.#tries(order)
      return world ? [{ order, world }] : []
    })
    if (worlds.length === 0) throw new Error('what was done had to be refused, in whatever order')
    const one = await this.#orderThatWas(worlds)
    this.#log.push(...one.order)
    this.#world = one.world
    this.#allow(worlds.map(({ world }) => world))
    const people = this.#random.shuffle([...this.#world.roles.keys()]).slice(0, 2)
    await this.#compares([...new Set([...people, ...this.#live.keys()])])
  }

  /** Everything is sent and compared; then whatever anybody obtained is searched for what was never theirs. */
  async ends(): Promise<void> {
    await this.#stage.settles()
    await this.#compares([...this.#world.roles.keys()])
    this.#lastLive = this.#stage.ear.heard.length
    await this.#judgesFrames()
    for (const person of this.#world.roles.keys()) await this.#everyCursor(person)
    for (const name of this.#stage.desks.keys()) await this.#everyCall(name)
    this.#searches()
  }

  /** People type and read, wherever they are, and where they are not. */
  #passes(): void {
    const rooms = [...this.#world.rooms.keys()]
    for (const client of this.#live.values()) {
      client.setTyping({ interaction: this.#random.pick(rooms) }, true)
      for (const { view, messages } of client.transcript.interactions) {
        if (this.#random.chance(0.5)) client.markRead(view.id, messages.at(-1)?.n ?? 0)
      }
    }
  }

  /** Over live connections nobody is told of anything that is not theirs, nor twice of what is. */
  async #judgesFrames(): Promise<void> {
    const rows = await this.#stage.rows<{ id: string; room: string; person: string }>(
      'select participant_id as id, interaction_id as room, person_id as person from participant',
    )
    const places: Places = new Map(rows.map(({ id, ...place }) => [id, place]))
    const live = this.#stage.ear.heard.slice(this.#firstHeard, this.#lastLive)
    // A frame may be late by a step.
    const worldsAt = (step: number) => this.#worlds.slice(Math.max(0, step - 1), step + 1).flat()
    for (const person of this.#live.keys()) {
      const name = this.#personName(person)
      const own = live.filter(({ person, road }) => person === name && (road === 'socket' || road === 'poll'))
      const wrong = whatFramesTell(own, { person, worldsAt, places })
      if (wrong) throw new Error(`what ${name} hears ${wrong}`)
    }
  }

  #chosen(): Command {
    for (;;) {
      const command = chooseCommand(this.#world, this.#random, kinds, this.#canary)
      if (command.op !== 'transfer') return command
      // Who answers by mail is asked first, which is a story of its own.
      if (command.people.every((person) => !byMail.includes(this.#stage.nameOf(person)))) return command
    }
  }

  async #does(command: Command): Promise<Outcome> {
    const stage = this.#stage
    if (command.op === 'say') return this.#says(command)
    if (command.op === 'team-change') {
      const members = new Set(this.#world.teams.get(command.team))
      if (command.in) members.add(command.person)
      else members.delete(command.person)
      const refusal = await stage.changesTeam(command.by, command.team, [...members])
      return refusal === null ? { ok: true, command, answer: {} } : { ok: false, command, refusal }
    }
    const places = await stage.rows<{ room: string; person: string; id: string }>(
      'select interaction_id as room, person_id as person, participant_id as id from participant',
    )
    const look: Lookup = {
      place: (room, person) => places.find((one) => one.room === room && one.person === person)?.id ?? randomUUID(),
      number: (by, room, position) => numberOf(this.#world, by, room, position),
    }
    const describe = inputs[command.op] as (command: Command, look: Lookup) => { name: string; input: object }
    const { name, input } = describe(command, look)
    const result = await this.#operates(command.by, name, input)
    if (typeof result === 'string') return { ok: false, command, refusal: result }
    const made = command.op === 'whisper' || command.op === 'file' ? { message: result.message ?? '' } : {}
    const answer = await lookUp(stage.rows, this.#world, command, result)
    return { ok: true, command: { ...command, ...made } as Command, answer }
  }

  /** By a frame or by a call, whichever falls. */
  async #operates(by: string, name: string, input: object): Promise<OperationResult | string> {
    const client = this.#live.get(by)
    const desk = this.#stage.desks.get(this.#stage.nameOf(by))
    if (client && (!desk || this.#random.chance(0.4))) {
      const done = await client.perform(name, { ...input })
      return done.ok ? done.result : done.refusal
    }
    if (!desk) return 'not-there'
    const { status, body } = await desk.calls<OperationResult & { reason: string }>(
      'POST',
      `/api/desk/operations/${name}`,
      { operation: randomUUID(), input },
    )
    return status === 200 ? body : body.reason
  }

  async #says(command: Extract<Command, { op: 'say' }>): Promise<Outcome> {
    const stage = this.#stage
    const [interaction = ''] = command.rooms
    const name = stage.nameOf(command.by)
    const client = this.#live.get(command.by)
    if (client) {
      client.say({ interaction }, command.message)
      await waitFor('an answer to what was said', () => client.outbox.every((one) => one.state === 'refused'), {
        timeoutMs: 30_000,
      })
      for (const { id } of client.outbox) client.discard(id)
    } else {
      const [row] = await stage.rows<{ reference: string }>(
        `select d.reference from delivery d join participant p on p.participant_id = d.participant_id
         where p.interaction_id = $1 and p.person_id = $2 and d.state = 'sent' limit 1`,
        [interaction, command.by],
      )
      if (!row) return { ok: false, command, refusal: 'has no address there' }
      const answer = await stage.replies(name, row.reference, command.message)
      if (!answer.startsWith('2')) return { ok: false, command, refusal: answer }
    }
    const rows = await stage.rows<{ room: string; message: string }>(
      `select p.interaction_id as room, p.message_id as message from message m join placement p on p.message_id = m.message_id
       where position($1 in m.body) > 0 and m.person_id = $2`,
      [command.message, command.by],
    )
    const [first] = rows
    if (!first) return { ok: false, command, refusal: 'not said' }
    return {
      ok: true,
      command: { ...command, rooms: rows.map(({ room }) => room), message: first.message },
      answer: {},
    }
  }

  #replay(log: readonly Done[]): World {
    const world = emptyWorld()
    for (const [name, role] of Object.entries(roles)) knownPerson(world, this.#stage.person(name), role)
    for (const each of this.#opened) opened(world, each)
    world.teams.set(this.#team, new Set(this.#members))
    for (const { command, answer } of log) apply(world, command, answer)
    return world
  }

  /** The world after these, in this order; null where one of them had to be refused then. */
  #tries(order: readonly Done[]): World | null {
    const world = this.#replay(this.#log)
    for (const { command, answer } of order) {
      if (mustRefuse(world, command)) return null
      apply(world, command, answer)
    }
    return world
  }

  /** What happened at once happened in some order: the one in which everybody reads what they read. */
  async #orderThatWas(worlds: { order: Done[]; world: World }[]): Promise<{ order: Done[]; world: World }> {
    const [only] = worlds
    if (worlds.length === 1 && only) return only
    const rooms = [...new Set(worlds.flatMap(({ world }) => [...world.rooms.keys()]))]
    const stands = await this.#stage.rows<{ room: string; message: string }>(
      `select interaction_id as room, message_id as message from placement where interaction_id = any($1) order by interaction_id, position`,
      [rooms],
    )
    const spans = await this.#stage.rows<{ room: string; person: string; from: number; to: number | null }>(
      `select interaction_id as room, person_id as person, from_position as from, to_position as to from span where interaction_id = any($1)`,
      [rooms],
    )
    const found = worlds.find(({ world }) =>
      [...world.rooms.values()].every((room) => {
        const placed = stands.flatMap((one) => (one.room === room.id ? [one.message] : []))
        if (placed.join() !== room.slots.map(({ message }) => message).join()) return false
        return [...world.roles.keys()].every((person) => {
          const own = spans.filter((span) => span.room === room.id && span.person === person)
          const may = room.slots.filter(
            (slot, index) =>
              !slot.withdrawn && own.some(({ from, to }) => index + 1 >= from && (to === null || index + 1 <= to)),
          )
          return (
            may.map(({ message }) => message).join() ===
            reads(world, person, room)
              .map(({ message }) => message)
              .join()
          )
        })
      }),
    )
    if (!found) throw new Error('in no order do these come to what is')
    return found
  }

  async #learnWords(): Promise<void> {
    const rows = await this.#stage.rows<{ id: string; body: string }>(
      'select message_id as id, body from message where body like $1',
      [`%canary${this.#mark}x%`],
    )
    for (const { id, body } of rows) this.#words.set(id, /canary\w+?z/.exec(body)?.[0] ?? body)
  }

  #allow(worlds: readonly World[]): void {
    this.#worlds.push(worlds)
    const now = new Map<string, Set<string>>()
    for (const world of worlds) {
      for (const person of world.roles.keys()) {
        const own = now.get(person) ?? new Set()
        for (const room of world.rooms.values()) for (const { message } of reads(world, person, room)) own.add(message)
        now.set(person, own)
      }
    }
    // What somebody says themselves is theirs, though it was refused.
    this.#allowed.push(now)
  }

  #shouldRead(person: string): Map<string, string[]> {
    const world = this.#world
    const rooms = [...world.rooms.values()].filter((room) => knows(world, person, room))
    return new Map(rooms.map((room) => [room.id, reads(world, person, room).map(({ message }) => message)]))
  }

  /** The live connection comes to exactly this, and a new one over either transport has it at once. */
  async #compares(people: readonly string[]): Promise<void> {
    for (const person of people) {
      const should = this.#shouldRead(person)
      const client = this.#live.get(person)
      if (client) {
        const isSame = () => this.#differsFrom(should, client) === null
        await waitFor('the window', isSame, { timeoutMs: 10_000 }).catch(() => {
          throw new Error(`the window of ${this.#stage.nameOf(person)}: ${this.#differsFrom(should, client)}`)
        })
      }
      const desk = this.#stage.desks.get(this.#stage.nameOf(person))
      if (!desk) continue
      const { body: views } = await desk.calls<ConversationView[]>('GET', '/api/desk/conversations')
      const shown = new Map(
        views.flatMap(({ interactions }) => interactions.map(({ id, length }) => [id, length] as const)),
      )
      const own = new Map([...shown].filter(([id]) => this.#isOurs(id)))
      const lengths = new Map([...should].map(([id, messages]) => [id, messages.length]))
      this.#same(`the list of ${desk.name}`, own, lengths)
    }
  }

  #isOurs = (room: string) => this.#world.rooms.has(room)

  #differsFrom(should: ReadonlyMap<string, readonly string[]>, client: Client): string | null {
    const ours = [...client.transcript.interactions].filter(({ view }) => this.#isOurs(view.id))
    const shown = ours.map(({ view, messages }): [string, string] => [
      view.id,
      messages.map(({ id, n }, index) => (n === index + 1 ? id : `${n}?`)).join(),
    ])
    const wanted = [...should].map(([id, messages]): [string, string] => [id, messages.join()])
    const [is, be] = [sorted(shown), sorted(wanted)]
    return is === be ? null : `has\n${is}\nand should have\n${be}`
  }

  #same(what: string, is: ReadonlyMap<string, unknown>, should: ReadonlyMap<string, unknown>): void {
    const [a, b] = [sorted([...is]), sorted([...should])]
    if (a !== b) throw new Error(`${what} is\n${a}\nand should be\n${b}`)
  }

  /** Connections with every cursor there can be, and one beyond: what follows it and nothing else. */
  async #everyCursor(person: string): Promise<void> {
    const should = this.#shouldRead(person)
    const most = Math.max(0, ...[...should.values()].map(({ length }) => length))
    for (let cursor = 0; cursor <= most + 1; cursor++) {
      const url = this.#random.pick(this.#stage.urls)
      const token = await this.#token(person)
      if (token === null) return
      const ids = [...this.#world.rooms.keys()]
      const name = this.#stage.nameOf(person)
      const at = { url, token, ear: this.#stage.ear, person: name === person ? this.#visitorName(person) : name }
      const rest = new Map(
        [...should].flatMap(([id, messages]) => {
          // Who holds more than there is begins anew.
          const from = cursor > messages.length ? 0 : cursor
          const after = messages.slice(from).map((message, index) => `${from + index + 1} ${message}`)
          return after.length > 0 ? [[id, after.join()] as const] : []
        }),
      )
      const cursors = Object.fromEntries(ids.map((id) => [id, cursor]))
      const frames = await probe(at, cursors, (so) => sorted([...this.#messagesIn(so)]) === sorted([...rest]))
      const came = this.#messagesIn(frames)
      this.#same(`what ${name} gets after ${cursor}`, came, rest)
    }
  }

  #messagesIn(frames: readonly ServerFrame[]): Map<string, string> {
    const got = new Map<string, string>()
    for (const frame of frames) {
      if (frame.t !== 'messages' || !this.#isOurs(frame.interaction) || frame.messages.length === 0) continue
      got.set(frame.interaction, [got.get(frame.interaction) ?? [], line(frame.messages)].flat().join())
    }
    return got
  }

  async #token(person: string): Promise<string | null> {
    const desk = this.#stage.desks.get(this.#stage.nameOf(person))
    return desk ? desk.token() : (this.#visitors.get(person)?.token() ?? null)
  }

  #visitorName = (person: string) => (this.#opened[0]?.visitor === person ? 'ana' : 'ben')

  /** Everything that can be asked for at the desk: what comes is searched, and found words are compared. */
  async #everyCall(name: string): Promise<void> {
    const desk = this.#stage.desks.get(name)
    if (!desk) return
    const person = this.#stage.person(name)
    const should = this.#shouldRead(person)
    const hits = new Set<string>()
    for (const word of this.#words.values()) {
      const { body } = await desk.calls<SearchResponse>('GET', `/api/desk/search?q=${word}`)
      for (const hit of body.hits) hits.add(hit.message)
    }
    const readable = new Set([...should.values()].flat().filter((message) => this.#words.has(message)))
    this.#same(
      `what ${name} finds`,
      new Map([...hits].map((id) => [id, 1])),
      new Map([...readable].map((id) => [id, 1])),
    )
    const nothing = await desk.calls('GET', `/api/desk/conversations/${randomUUID()}/export?as=json`)
    for (const conversation of this.#world.conversations.keys()) {
      const isTheirs = [...should.keys()].some((id) => {
        const room = this.#world.rooms.get(id)
        return room && homeOf(this.#world, room) === conversation
      })
      for (const as of ['json', 'text']) {
        const found = await desk.calls('GET', `/api/desk/conversations/${conversation}/export?as=${as}`)
        const isMerged = this.#world.conversations.get(conversation)?.mergedInto != null
        if (!isTheirs && !isMerged && found.text !== nothing.text) {
          throw new Error(`the export tells ${name} of ${conversation}: ${found.text}`)
        }
      }
      await desk.calls('GET', `/api/desk/operations?conversation=${conversation}`)
    }
    const full = await desk.calls('GET', `/api/messages/${randomUUID()}/full`)
    for (const message of this.#words.keys()) {
      if ([...should.values()].flat().includes(message)) continue
      const answer = await desk.calls('GET', `/api/messages/${message}/full`)
      if (answer.text !== full.text) throw new Error(`${name} is told of ${message}: ${answer.text}`)
    }
    for (const path of asked) await desk.calls('GET', path)
  }

  /** Nobody holds words that they could not read when they got them. */
  #searches(): void {
    const names = new Map([...this.#world.roles.keys()].map((id) => [this.#personName(id), id]))
    const authors = this.#world.authors
    for (const { person: name, road, step, bytes } of this.#stage.ear.heard.slice(this.#firstHeard)) {
      const person = names.get(name)
      if (person === undefined) continue
      for (const [, word] of bytes.matchAll(new RegExp(`(canary${this.#mark}x\\d+z)`, 'g'))) {
        const message = [...this.#words].find(([, words]) => words === word)?.[0]
        if (message === undefined || authors.get(message) === person) continue
        // Mail is on its way for a while, and a frame may be late by a step.
        const first = road === 'mail' ? 0 : Math.max(0, step - 1)
        const may = this.#allowed.slice(first, step + 1).some((each) => each.get(person)?.has(message))
        if (!may) throw new Error(`${name} got ${word} over ${road} in step ${step}, and might never read it then`)
      }
    }
  }

  #personName(person: string): string {
    const name = this.#stage.nameOf(person)
    return name === person ? this.#visitorName(person) : name
  }
}

const line = (messages: readonly MessageView[]) => messages.map(({ n, id }) => `${n} ${id}`).join()
const sorted = (all: readonly (readonly [string, unknown])[]) =>
  all
    .map(([key, value]) => `${key}: ${value}`)
    .toSorted()
    .join('\n')

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]]
  return all.flatMap((one, index) => permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]))
}
