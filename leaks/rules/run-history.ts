import { isSealedIn, type Shape } from '@parley/rules'
import { chooseCommand } from '../history/choose-command.ts'
import type { Draw } from '../history/draw.ts'
import { apply } from '../model/laws.ts'
import { mustRefuse } from '../model/must-refuse.ts'
import { knownPerson, type Opened, opened } from '../model/opened.ts'
import { isSealedIn as isSealed } from '../model/sealing.ts'
import { type Answer, type Command, emptyWorld, knows, type Room, reads, type World } from '../model/world.ts'
import { decisions } from './decisions.ts'
import { RulesHouse } from './rules-house.ts'

/** Who there is in every history. */
const people = {
  bo: 'responder',
  cleo: 'responder',
  olga: 'operator',
  otto: 'operator',
  sue: 'supervisor',
  ada: 'administrator',
} as const

/** What went wrong, with the history up to there. */
class Leak extends Error {}

export type Counts = Map<string, { done: number; refused: number }>

/** One random history on the rules alone: after every step each person may read what the model says, no more and no less. */
export function runHistory(draw: Draw, steps: number, counts: Counts = new Map()): void {
  const world = emptyWorld()
  for (const [person, role] of Object.entries(people)) knownPerson(world, person, role)
  for (const team of ['harbour', 'garden']) world.teams.set(team, new Set([draw.pick(Object.keys(people))]))
  const house = new RulesHouse(world.roles)
  for (const [team, members] of world.teams) house.teams.set(team, new Set(members))
  for (const each of openedAtFirst(draw)) {
    house.open(each)
    opened(world, each)
  }
  let messages = 0
  const history: string[] = []
  for (let step = 0; step < steps; step++) {
    const command = chooseCommand(world, draw, kinds, () => `m${++messages}`)
    const refusal = mustRefuse(world, command)
    history.push(`${JSON.stringify(command)}${refusal ? ` must be refused: ${refusal}` : ''}`)
    const fail = (what: string): never => {
      throw new Leak(`${what}\n${history.join('\n')}`)
    }
    const answer = decide(house, command)
    const count = counts.get(command.op) ?? { done: 0, refused: 0 }
    counts.set(command.op, count)
    if (answer) count.done++
    else count.refused++
    if (answer && refusal) fail('it was done and had to be refused')
    if (answer) apply(world, command, answer)
    compare(world, house, fail)
  }
}

const kinds = Object.keys(decisions) as Command['op'][]
export const decisionsTried: readonly string[] = kinds

export function decide(house: RulesHouse, command: Command): Answer | null {
  const decision = decisions[command.op] as ((house: RulesHouse, command: Command) => Answer | null) | undefined
  return decision ? decision(house, command) : null
}

export function compare(world: World, house: RulesHouse, fail: (what: string) => never): void {
  for (const room of world.rooms.values()) {
    const shape = house.in(room.id)
    const [is, should] = [shape !== undefined && isSealedIn(shape, room.id), isSealed(world, room)]
    if (shape && is !== should)
      fail(`${room.id} is ${is ? 'sealed' : 'open'} and should ${should ? 'be sealed' : 'not'}`)
    if (shape && !room.erased) compareSeats(room, shape, fail)
  }
  for (const person of world.roles.keys()) {
    for (const room of world.rooms.values()) {
      const is = house.reads(person, room.id)
      const should = reads(world, person, room).map(({ message }) => message)
      if (is.messages.join() !== should.join()) {
        fail(`${person} reads [${is.messages}] in ${room.id} and should read [${should}]`)
      }
      if (is.knows !== knows(world, person, room))
        fail(`${person} ${is.knows ? 'knows' : 'does not know'} of ${room.id}`)
    }
  }
}

/** Who is there, as what, and whether it takes anything. */
function compareSeats(
  { id, seats, closed }: Room,
  { interactions, participants }: Shape,
  fail: (what: string) => never,
) {
  const sides = { initiator: 'asking', responder: 'answering', virtual: 'answering', observer: 'observer' } as const
  const own = participants.filter(({ interaction, left }) => interaction === id && !left)
  const is = own.map(({ person, role }) => `${person} ${sides[role]}`).toSorted()
  const should = seats.flatMap(({ here, person, role }) => (here ? [`${person} ${role}`] : [])).toSorted()
  if (is.join() !== should.join()) fail(`in ${id} are [${is}] and should be [${should}]`)
  const isClosed = interactions.get(id)?.state === 'closed'
  if (isClosed !== closed) fail(`${id} is ${isClosed ? 'closed' : 'open'} and should not be`)
}

function openedAtFirst(draw: Draw): Opened[] {
  const house = Object.keys(people)
  return ['ana', 'ben'].map((visitor, index) => ({
    ...{ conversation: `c${index}`, visitor, ticket: `t${index}`, intake: `i${index}`, asked: `q${index}` },
    exchanges: draw
      .shuffle(house)
      .slice(0, draw.int(1, 3))
      .map((answerer, n) => ({ id: `e${index}${n}`, answerer, answer: `a${index}${n}` })),
  }))
}
