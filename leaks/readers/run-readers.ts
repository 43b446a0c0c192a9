import { chooseCommand } from '../history/choose-command.ts'
import type { Draw } from '../history/draw.ts'
import { apply } from '../model/laws.ts'
import { mustRefuse } from '../model/must-refuse.ts'
import { knownPerson, opened } from '../model/opened.ts'
import { type Command, emptyWorld, homeOf, knows, type Room, reads, type World } from '../model/world.ts'
import { inputs } from './inputs.ts'
import type { Done, ReadersHouse } from './readers-house.ts'

const roles = {
  bo: 'responder',
  cleo: 'responder',
  olga: 'operator',
  otto: 'operator',
  sue: 'supervisor',
  ada: 'administrator',
} as const

export type Counts = Map<string, { done: number; refused: number }>
const kindsTried = ['say', 'team-change', ...Object.keys(inputs)] as Command['op'][]

/** One short history on the real operations and readers: what each person gets by reading is what the model says, after every step. */
export async function runReaders(
  house: ReadersHouse,
  draw: Draw,
  options: { steps: number; kinds?: readonly Command['op'][]; counts?: Counts },
): Promise<void> {
  const { steps, kinds = kindsTried, counts = new Map() } = options
  const world = emptyWorld()
  for (const [name, role] of Object.entries(roles)) knownPerson(world, house.person(name), role)
  const history: string[] = []
  const readable = (text: string) =>
    [...house.names].reduce((all, [person, name]) => all.replaceAll(person, name), text)
  const fail = (what: string): never => {
    throw new Error(readable(`${what}\n${history.join('\n')}`))
  }
  for (let n = 0; n < 2; n++) opened(world, await house.open(draw.shuffle(Object.keys(roles)).slice(0, draw.int(1, 2))))
  const members = draw.shuffle(Object.keys(roles)).slice(0, 1)
  const team = await house.rig.team(members.map((name) => house.person(name)))
  world.teams.set(team, new Set(members.map((name) => house.person(name))))
  let messages = 0
  for (let step = 0; step < steps; step++) {
    const wanted = chooseCommand(world, draw, kinds, () => `words ${++messages}`)
    const before = mustRefuse(world, wanted)
    history.push(`${JSON.stringify(wanted)}${before ? ` must be refused: ${before}` : ''}`)
    const done = await house.does(world, wanted)
    const count = counts.get(wanted.op) ?? { done: 0, refused: 0 }
    counts.set(wanted.op, count)
    if (done.ok) {
      count.done++
      const refusal = mustRefuse(world, done.command)
      if (refusal) fail(`it was done and had to be refused: ${refusal}`)
      apply(world, done.command, done.answer)
      await triesTheirId(house, world, { done, wanted, draw, fail })
    } else {
      count.refused++
      history.push(`  refused: ${done.refusal}`)
      // Who watches knows what is there.
      const watches = ['supervisor', 'administrator'].includes(world.roles.get(wanted.by) ?? '')
      if (
        !watches &&
        !world.gone.has(wanted.by) &&
        before === 'not-there' &&
        !['not-there', 'malformed-request'].includes(done.refusal)
      )
        fail(`${done.refusal} tells that it is there`)
    }
    const someone = draw.pick([...world.roles.keys()])
    await compare(house, world, new Set([wanted.by, someone].filter((one) => world.roles.has(one))), fail)
  }
  await compare(house, world, new Set(world.roles.keys()), fail)
}

/** An id is no secret: somebody else who brings it learns nothing by it. */
async function triesTheirId(
  house: ReadersHouse,
  world: World,
  { done, wanted, draw, fail }: { done: Done; wanted: Command; draw: Draw; fail: (what: string) => never },
): Promise<void> {
  const { operation } = done.answer
  const other = draw.pick([...world.roles.keys()])
  if (!operation || other === wanted.by || !draw.chance(0.3)) return
  const again = await house.repeats(other, operation)
  if (again !== 'not-there') fail(`${other} learns of what ${wanted.by} did by its id: ${again}`)
}

async function compare(house: ReadersHouse, world: World, people: ReadonlySet<string>, fail: (what: string) => never) {
  for (const person of people) {
    const rooms = [...world.rooms.values()].filter((room) => knows(world, person, room))
    const { views, read } = await house.rig.newest(person as never, world.conversations.size)
    const own = views.filter(({ id }) => world.conversations.has(id))
    const shown = own.flatMap((view) => view.interactions.map((interaction) => ({ interaction, home: view.id })))
    const [is, should] = [shown.map(({ interaction }) => interaction.id), rooms.map(({ id }) => id)]
    if (is.toSorted().join() !== should.toSorted().join())
      fail(`${person} knows of [${is}] and should know of [${should}]`)
    for (const { interaction, home } of shown) {
      const room = world.rooms.get(interaction.id)
      if (!room) return fail(`${interaction.id} is nothing`)
      if (homeOf(world, room) !== home) fail(`${person} is shown ${room.id} in ${home}`)
      const messages = read.get(room.id) ?? []
      const texts = reads(world, person, room).map(({ message }) => message)
      const got = messages.map(({ id }) => id)
      const other = messages.find(({ id, text, erased = false }) => {
        const isUnsaid = world.unsaid.has(id)
        return erased !== isUnsaid || text !== (isUnsaid ? '' : house.words.get(id))
      })
      if (other) fail(`${person} reads "${other.text}" of ${other.id} and should read ${house.words.get(other.id)}`)
      if (got.join() !== texts.join()) fail(`${person} reads [${got}] in ${room.id} and should read [${texts}]`)
      if (messages.some(({ n }, index) => n !== index + 1)) fail(`${person} is told numbers with gaps in ${room.id}`)
      if (interaction.length !== texts.length) fail(`${person} is told of ${interaction.length} messages in ${room.id}`)
      compareSeats(world, person, room, interaction.participants.filter(({ role }) => role === 'observer').length, fail)
    }
    compareOrder(
      world,
      person,
      own.map(({ id }) => id),
      fail,
    )
  }
}

/** Observers are seen by those who watch, and by observers. */
function compareSeats(world: World, person: string, room: Room, observers: number, fail: (what: string) => never) {
  const watches = ['supervisor', 'administrator'].includes(world.roles.get(person) ?? '')
  const own = room.seats.find((seat) => seat.person === person)
  if (watches || own?.role === 'observer') return
  if (observers > 0) fail(`${person} sees ${observers} observers in ${room.id}`)
}

/** Newest first by what one may read oneself. Where something was placed besides, its time is not that of its place. */
function compareOrder(world: World, person: string, ids: readonly string[], fail: (what: string) => never) {
  const saidAt = new Map([...world.authors.keys()].map((message, index) => [message, index]))
  const newest = ids.map((id) => {
    const rooms = [...world.rooms.values()].filter((room) => homeOf(world, room) === id)
    const read = rooms.flatMap((room) => reads(world, person, room).map(({ message }) => saidAt.get(message) ?? -1))
    return { newest: Math.max(-1, ...read), copies: read.length > new Set(read).size }
  })
  if (newest.some((one) => one.copies || one.newest < 0)) return
  if (newest.some((one, index) => index > 0 && one.newest > (newest[index - 1]?.newest ?? 0))) {
    fail(`${person} is shown conversations in the order [${ids}], which their own words do not have`)
  }
}
