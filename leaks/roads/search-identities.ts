import { knows, reads, type World } from '../model/world.ts'
import { addressesOf, aliasOf, roles } from './cast.ts'
import { outsideRoads } from './outside-roads.ts'
import type { Overheard } from './overheard.ts'
import type { RoadsRun } from './roads-run.ts'

/**
 * What leaves the house, and what comes to a visitor's window, has nobody's address but the reader's own; and what leaves it names nobody
 * of whom the reader may not know.
 */
export function searchIdentities(run: RoadsRun, { person: name, road, step, bytes }: Overheard): void {
  const isOutside = outsideRoads.has(road)
  // What tells of the history before comes late.
  if ((!isOutside && name in roles) || new RegExp(`canary(?!${run.mark})`).test(bytes)) return
  for (const other of Object.keys(roles)) {
    if (other === name) continue
    const address = addressesOf(other, run.stage.far.programUrl).find((one) => bytes.includes(one))
    if (address) throw new Error(`${name} is told over ${road} in step ${step} that ${other} is at ${address}`)
    if (!isOutside || !new RegExp(`${aliasOf(other)}\\b`).test(bytes)) continue
    const [person, whom] = [run.stage.person(name), run.stage.person(other)]
    const may = run.worlds.slice(0, step + 1).some((worlds) => worlds.some((world) => knowsOf(world, person, whom)))
    if (!may)
      throw new Error(`${name} is told over ${road} in step ${step} of ${other}, of whom they may not know: ${bytes}`)
  }
}

/** Whether somebody may know that another is there: from a place, from words, or from being asked. */
function knowsOf(world: World, person: string, other: string): boolean {
  const asks = [...world.invitations.values()].some((each) => each.person === person && each.by === other)
  return (
    asks ||
    [...world.rooms.values()].some((room) => {
      if (!knows(world, person, room)) return false
      const sits = room.seats.some((seat) => seat.person === other)
      return sits || reads(world, person, room).some(({ message }) => world.authors.get(message) === other)
    })
  )
}
