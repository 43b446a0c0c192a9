import type { Client } from '@parley/client'
import type { Seeded, WindowPerson } from '@parley/dev-env'
import { apply } from '../model/laws.ts'
import { mustRefuse } from '../model/must-refuse.ts'
import { knownPerson, type Opened, opened } from '../model/opened.ts'
import { type Answer, type Command, emptyWorld, homeOf, knows, reads, type World } from '../model/world.ts'
import { roles } from './cast.ts'
import { ProgramCaller } from './program-caller.ts'
import type { RoadsStage } from './roads-stage.ts'

export type Done = { readonly ok: true; readonly command: Command; readonly answer: Answer }
export type Outcome = Done | { readonly ok: false; readonly command: Command; readonly refusal: string }

/** One history as it goes: who is there, what was done, and what the model makes of it. */
export class RoadsRun {
  readonly stage: RoadsStage
  readonly random: Seeded
  readonly visitors = new Map<string, WindowPerson>()
  readonly live = new Map<string, Client>()
  /** What somebody who is a program asks by REST. */
  readonly program: ProgramCaller
  readonly opened: Opened[] = []
  /** What was done, in the order in which it was. */
  readonly log: Done[] = []
  readonly lines: string[] = []
  /** The canary of each message. */
  readonly words = new Map<string, string>()
  /** Canaries of what was never said, with whose they are. */
  readonly strays = new Map<string, readonly string[]>()
  /** The words that people were shown because they were asked. */
  readonly asked = new Map<string, Set<string>>()
  /** For each step, what each person may have come to know: message ids. */
  readonly allowed: Map<string, Set<string>>[] = []
  /** For each step, the worlds that may have been when it was over. */
  readonly worlds: (readonly World[])[] = []
  readonly mark: string
  readonly firstHeard: number
  /** From where on what was heard is still to be searched. */
  searched: number
  /** A team, and whom it has at first. */
  team = ''
  members: readonly string[] = []
  world: World = emptyWorld()
  #count = 0

  constructor(stage: RoadsStage, random: Seeded) {
    this.stage = stage
    this.program = new ProgramCaller({ ...stage.program, urls: stage.urls, ear: stage.ear })
    this.random = random
    this.mark = random.int(1e8, 1e9).toString(36)
    this.firstHeard = stage.ear.heard.length
    this.searched = this.firstHeard
    stage.ear.step = 0
  }

  canary = (): string => `canary${this.mark}x${++this.#count}z`

  isOurs = (room: string) => this.world.rooms.has(room)

  watchers = (): string[] =>
    [...this.world.roles].flatMap(([person, role]) =>
      role === 'supervisor' || role === 'administrator' ? [person] : [],
    )

  /** As the ear knows them. */
  personName(person: string): string {
    const name = this.stage.nameOf(person)
    if (name !== person) return name
    return this.opened[0]?.visitor === person ? 'ana' : 'ben'
  }

  /** The world after what was done, and after these in this order; null where one of them had to be refused then. */
  worldAfter(order: readonly Done[] = []): World | null {
    const world = emptyWorld()
    for (const [name, role] of Object.entries(roles)) knownPerson(world, this.stage.person(name), role)
    for (const each of this.opened) opened(world, each)
    world.teams.set(this.team, new Set(this.members))
    for (const { command, answer } of this.log) apply(world, command, answer)
    for (const { command, answer } of order) {
      if (mustRefuse(world, command)) return null
      apply(world, command, answer)
    }
    return world
  }

  async learnWords(): Promise<void> {
    const rows = await this.stage.rows<{ id: string; body: string }>(
      'select message_id as id, body from message where body like $1',
      [`%canary${this.mark}x%`],
    )
    for (const { id, body } of rows) for (const word of this.canariesIn(body).keys()) this.words.set(id, word)
  }

  /** A step is over, and one of these is what is. */
  stepsTo(worlds: readonly World[]): void {
    this.worlds.push(worlds)
    const now = new Map<string, Set<string>>()
    for (const world of worlds) {
      for (const person of world.roles.keys()) {
        const own = now.get(person) ?? new Set()
        for (const room of world.rooms.values()) {
          for (const { message } of reads(world, person, room)) if (!world.unsaid.has(message)) own.add(message)
        }
        now.set(person, own)
      }
    }
    this.allowed.push(now)
  }

  /** What somebody should read now, by the rooms that they know of. */
  shouldRead(person: string): Map<string, string[]> {
    const { world } = this
    const rooms = [...world.rooms.values()].filter((room) => knows(world, person, room))
    return new Map(rooms.map((room) => [room.id, reads(world, person, room).map(({ message }) => message)]))
  }

  /** The canaries of this history in what somebody got, each once, but for those of what was never said. */
  canariesIn(bytes: string): Map<string, number> {
    const words = [...bytes.matchAll(new RegExp(`canary${this.mark}x\\d+z`, 'g'))].map(([word]) => word)
    return new Map(words.filter((word) => !this.strays.has(word)).map((word) => [word, 1]))
  }

  /** Who was erased has no window any more. */
  sendsAway(person: string): void {
    this.live.get(person)?.stop()
    this.live.delete(person)
  }

  readable(): string {
    let text = this.lines.join('\n')
    for (const { name, person } of this.stage.account.responders) text = text.replaceAll(person, name)
    return text
  }

  leaves(): void {
    for (const client of this.live.values()) client.stop()
    for (const visitor of this.visitors.values()) visitor.leaves()
    for (const end of this.stage.far.of.values()) end.refusesNext(false)
    this.stage.ear.heard.length = 0
  }
}

/** Of what somebody should read, what is in one conversation, or in what it was merged into. */
export function within<T>({ world }: RoadsRun, should: ReadonlyMap<string, T>, conversation: string): Map<string, T> {
  let home = conversation
  for (let into: string | null = home; into !== null; into = world.conversations.get(home)?.mergedInto ?? null)
    home = into
  return new Map(
    [...should].filter(([id]) => {
      const room = world.rooms.get(id)
      return room !== undefined && homeOf(world, room) === home
    }),
  )
}
