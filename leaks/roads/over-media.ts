import type { Command, World } from '../model/world.ts'
import { outside } from './cast.ts'
import type { RoadsRun } from './roads-run.ts'

/**
 * Somebody writes from where they answer, to a place that they were removed from as well, or is written to while their far end refuses what
 * comes. Null: nothing of the kind this time.
 */
export function overMedia({ world, random, stage, canary }: RoadsRun): Command | null {
  if (!random.chance(0.5)) return null
  const seats = [...world.rooms.values()].flatMap((room) =>
    room.seats.flatMap((seat) => (outside[stage.nameOf(seat.person)] ? [{ ...seat, room }] : [])),
  )
  const [here, gone] = [seats.filter((seat) => seat.here && !seat.room.closed), seats.filter((seat) => !seat.here)]
  if (here.length > 0 && gone.length === 0 && random.seed % 3 === 2) {
    const { person, room } = random.pick(here)
    return { op: 'remove', by: stage.person('sue'), room: room.id, person }
  }
  if (here.length === 0) return null
  const { person, room } = random.pick(gone.length > 0 && random.chance(0.5) ? gone : here)
  const asking = askingIn(world, room.id)
  if (asking === null || random.chance(0.6)) return { op: 'say', by: person, rooms: [room.id], message: canary() }
  stage.far.of.get(stage.nameOf(person))?.refusesNext(true)
  return { op: 'say', by: asking, rooms: [room.id], message: canary() }
}

function askingIn({ rooms }: World, id: string): string | null {
  return rooms.get(id)?.seats.find(({ role, here }) => role === 'asking' && here)?.person ?? null
}
