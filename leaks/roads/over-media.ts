import type { Command, Room, World } from '../model/world.ts'
import { outside } from './cast.ts'
import type { RoadsRun } from './roads-run.ts'

/**
 * Somebody writes from where they answer, to a place that they were removed from as well, or is written to while their far end refuses what
 * comes; or others go on where they were removed from. Null: nothing of the kind this time.
 */
export function overMedia({ world, random, stage, canary }: RoadsRun): Command | null {
  if (!random.chance(0.5)) return null
  const seats = [...world.rooms.values()].flatMap((room) =>
    room.seats.flatMap((seat) => (outside[stage.nameOf(seat.person)] ? [{ ...seat, room }] : [])),
  )
  const [here, gone] = [seats.filter((seat) => seat.here && !seat.room.closed), seats.filter((seat) => !seat.here)]
  if (here.length > 0 && gone.length === 0 && random.seed % 3 === 2) {
    const besides = here.filter(
      ({ room }) => room.seats.filter((seat) => seat.here && seat.role === 'answering').length > 1,
    )
    const { person, room } = random.pick(besides.length > 0 ? besides : here)
    const sue = stage.person('sue')
    // Where they alone answer, it is over with them.
    return besides.length > 0 || random.chance(0.3)
      ? { op: 'remove', by: sue, room: room.id, person }
      : { op: 'add', by: sue, room: room.id, people: [stage.person('otto')], history: 'none' }
  }
  const going = gone.flatMap(({ room }) => (room.closed ? [] : writers(room).map((by) => ({ by, room }))))
  if (going.length > 0 && random.chance(0.4)) {
    const { by, room } = random.pick(going)
    return { op: 'say', by, rooms: [room.id], message: canary() }
  }
  if (here.length === 0) return null
  const { person, room } = random.pick(gone.length > 0 && random.chance(0.5) ? gone : here)
  const asking = askingIn(world, room.id)
  if (asking === null || random.chance(0.6)) return { op: 'say', by: person, rooms: [room.id], message: canary() }
  stage.far.of.get(stage.nameOf(person))?.refusesNext(true)
  return { op: 'say', by: asking, rooms: [room.id], message: canary() }
}

const writers = ({ seats }: Room): string[] =>
  seats.flatMap(({ person, here, role }) => (here && role !== 'observer' ? [person] : []))

function askingIn({ rooms }: World, id: string): string | null {
  return rooms.get(id)?.seats.find(({ role, here }) => role === 'asking' && here)?.person ?? null
}
