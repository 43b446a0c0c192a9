import type { InteractionView } from '@parley/protocol'
import type { Shown } from '../model/faces.ts'
import { shownOf } from '../model/shown.ts'
import { homeOf, knows, type Room, reads, type World } from '../model/world.ts'
import { compareBeside } from './compare-beside.ts'
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
      const open = messages.find(({ id, sealed = false, erased }) => !erased && sealed !== world.sealed.has(id))
      if (open) fail(`${person} is told that ${open.id} is ${open.sealed ? 'sealed' : 'open'}, and it is not`)
      if (messages.some(({ n }, index) => n !== index + 1)) fail(`${person} is told numbers with gaps in ${room.id}`)
      if (interaction.length !== texts.length) fail(`${person} is told of ${interaction.length} messages in ${room.id}`)
      const runs = house.runsFor(`${person} ${room.id}`, interaction.numbering ?? '', got)
      if (!runs) fail(`${person} keeps numbers in ${room.id} that run otherwise by now`)
      compareSeats(house, { world, person, room, places }, interaction, fail)
    }
    for (const view of own) compareBeside(world, person, view, fail)
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
  const readable = rooms.flatMap((room) => reads(world, person, room).map(({ message }) => message))
  const should = readable.filter((id) => !world.sealed.has(id) && !world.unsaid.has(id))
  const found = await house.finds(person, mark)
  const hidden = found.filter((id) => !should.includes(id))
  if (hidden.length > 0) fail(`${person} finds [${hidden}], which are not theirs to find`)
  const missed = should.filter((id) => house.words.get(id)?.includes(mark) && !found.includes(id))
  if (missed.length > 0) fail(`${person} does not find [${missed}]`)
}

/** Who is there, as what, and by which name; and what the house calls it. */
function compareSeats(
  house: ReadersHouse,
  { world, person, room, places }: { world: World; person: string; room: Room; places: ReadonlyMap<string, string> },
  { participants }: InteractionView,
  fail: (what: string) => never,
) {
  const should = shownOf(world, person, room)
  const names = ({ people: [who = ''], alias, role, face }: Shown) => {
    if (face !== null) return face === 'house' ? 'Agent' : face
    return alias ?? (role === 'asking' ? 'who asks' : `alias of ${house.names.get(who)}`)
  }
  const shown = participants.map(({ id, role, state, alias, colour }) => {
    const who = places.get(id) ?? 'nobody'
    if (role !== 'initiator' && !house.isOfOneColour(id, colour)) fail(`${person} sees ${who} in another colour`)
    const side = role === 'initiator' ? 'asking' : role === 'responder' ? 'answering' : role
    const seat = should.seats.find(({ people }) => people.includes(who))
    // While the next is looked for, a face stays.
    const is = seat?.face != null && !seat.here ? 'left' : state
    const isUnnamed = side === 'asking' && seat?.face === null && seat.alias === null
    return `${seat?.people ?? who} ${side} ${is} ${isUnnamed ? 'who asks' : alias}`
  })
  const be = should.seats.map((seat) => `${seat.people} ${seat.role} ${seat.here ? 'here' : 'left'} ${names(seat)}`)
  if (shown.toSorted().join() !== be.toSorted().join()) {
    fail(`${person} sees in ${room.id}\n[${shown.toSorted()}] and should see\n[${be.toSorted()}]`)
  }
}

/** Newest first by what one may read oneself. Where something was placed besides, its time is not that of its place. */
function compareOrder(world: World, person: string, ids: readonly string[], fail: (what: string) => never) {
  const saidAt = new Map([...world.authors.keys()].map((message, index) => [message, index]))
  const newest = ids.map((id) => {
    const rooms = [...world.rooms.values()].filter((room) => homeOf(world, room) === id)
    const read = rooms.flatMap((room) => reads(world, person, room))
    const newest = Math.max(-1, ...read.map(({ message }) => saidAt.get(message) ?? -1))
    return { newest, copies: read.some(({ besides }) => besides) }
  })
  if (newest.some((one) => one.copies || one.newest < 0)) return
  if (newest.some((one, index) => index > 0 && one.newest > (newest[index - 1]?.newest ?? 0))) {
    fail(`${person} is shown conversations in the order [${ids}], which their own words do not have`)
  }
}
