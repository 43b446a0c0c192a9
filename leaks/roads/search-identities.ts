import { knows, reads, type World } from '../model/world.ts'
import { addressesOf, aliasOf, realNameOf, roles } from './cast.ts'
import { outsideRoads } from './outside-roads.ts'
import type { Overheard } from './overheard.ts'
import type { RoadsRun } from './roads-run.ts'

/**
 * Nobody is told at which address somebody else is, but where addresses are kept, and nobody outside what they are really called; and what
 * leaves the house names nobody of whom the reader may not know.
 */
export function searchIdentities(run: RoadsRun, { person: name, road, step, bytes }: Overheard): void {
  // What tells of the history before comes late.
  if (areKept.test(road) || new RegExp(`canary(?!${run.mark})`).test(bytes)) return
  const person = [...run.world.roles.keys()].find((id) => run.personName(id) === name) ?? ''
  for (const other of Object.keys(roles)) {
    if (other === name) continue
    const address = addressesOf(other, run.stage.far.programUrl).find((one) => bytes.includes(one))
    if (address) throw new Error(`${name} is told over ${road} in step ${step} that ${other} is at ${address}`)
    const isTold = new RegExp(`${realNameOf(other)}\\b`).test(bytes) && (outsideRoads.has(road) || !(name in roles))
    if (isTold) throw new Error(`${name} is told over ${road} in step ${step} what ${other} is really called`)
    if (!outsideRoads.has(road) || !new RegExp(`${aliasOf(other)}\\b`).test(bytes)) continue
    const whom = run.stage.person(other)
    const may = run.worlds.slice(0, step + 1).some((worlds) => worlds.some((world) => knowsOf(world, person, whom)))
    if (!may)
      throw new Error(
        `${name} is told over ${road} in step ${step} of ${other}, of whom they may not know: ${bytes.slice(0, 1_000)}`,
      )
  }
}

/** One's own, and everybody's for administrators. */
const areKept = /^\/api\/desk\/(admin|me|addresses)\b/

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
