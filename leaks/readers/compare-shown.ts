import type { InteractionView } from '@parley/protocol'
import { shownOf } from '../model/shown.ts'
import { get, homeOf, knows, type Room, reads, type World } from '../model/world.ts'
import type { ReadersHouse } from './readers-house.ts'

/** What each of these people gets by reading is what the model says: rooms, words, numbers, names, who is there, and the order of it all. */
export async function compareShown(
  house: ReadersHouse,
  world: World,
  { people, mark }: { people: ReadonlySet<string>; mark: string },
  fail: (what: string) => never,
): Promise<void> {
  const places = await house.places()
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
      const runs = house.runsFor(`${person} ${room.id}`, interaction.numbering ?? '', got)
      if (!runs) fail(`${person} keeps numbers in ${room.id} that run otherwise by now`)
      compareSeats(house, { world, person, room, places }, interaction, fail)
    }
    await compareFound(house, world, { person, mark }, fail)
    compareOrder(
      world,
      person,
      own.map(({ id }) => id),
      fail,
    )
  }
}

/** A search finds what somebody may read and what is not sealed, and nothing else. */
async function compareFound(
  house: ReadersHouse,
  world: World,
  { person, mark }: { person: string; mark: string },
  fail: (what: string) => never,
) {
  const rooms = [...world.rooms.values()].filter((room) => knows(world, person, room))
  const readable = rooms.flatMap((room) =>
    reads(world, person, room).map(({ message }) => ({ message, sealed: isSealed(world, room) })),
  )
  const found = await house.finds(person, mark)
  const hidden = found.filter((id) => !readable.some(({ message, sealed }) => message === id && !sealed))
  if (hidden.length > 0) fail(`${person} finds [${hidden}], which are not theirs to find`)
  // What was sealed once may be so still.
  if ([...world.conversations.values()].some(({ sealed }) => sealed)) return
  const should = readable.filter(
    ({ message }) => !world.unsaid.has(message) && house.words.get(message)?.includes(mark),
  )
  const missed = should.filter(({ message }) => !found.includes(message))
  if (missed.length > 0) fail(`${person} does not find [${missed.map(({ message }) => message)}]`)
}

const isSealed = (world: World, room: Room) => get(world.conversations, homeOf(world, room)).sealed

/** Who is there, as what, and by which name; and what the house calls it. */
function compareSeats(
  house: ReadersHouse,
  { world, person, room, places }: { world: World; person: string; room: Room; places: ReadonlyMap<string, string> },
  { participants, name = '' }: InteractionView,
  fail: (what: string) => never,
) {
  const should = shownOf(world, person, room)
  const names = (who: string, alias: string | null, role: string) =>
    alias ?? (role === 'asking' ? 'who asks' : `alias of ${house.names.get(who)}`)
  const shown = participants.map(({ id, role, state, alias }) => {
    const who = places.get(id) ?? 'nobody'
    const side = role === 'initiator' ? 'asking' : role === 'responder' ? 'answering' : role
    const renamed = should.seats.find((seat) => seat.person === who)?.alias ?? null
    return `${who} ${side} ${state} ${side === 'asking' && renamed === null ? 'who asks' : alias}`
  })
  const be = should.seats.map(
    ({ person: who, role, here, alias }) => `${who} ${role} ${here ? 'here' : 'left'} ${names(who, alias, role)}`,
  )
  if (shown.toSorted().join() !== be.toSorted().join()) {
    fail(`${person} sees in ${room.id}\n[${shown.toSorted()}] and should see\n[${be.toSorted()}]`)
  }
  if (name !== should.name) fail(`${person} knows ${room.id} as "${name}" and should as "${should.name}"`)
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
