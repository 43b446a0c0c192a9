import { knows } from '../model/world.ts'
import type { Overheard } from './overheard.ts'
import type { RoadsRun } from './roads-run.ts'

/**
 * Nobody is told the id of a message, or of a room, of which they could never know until then, and which came of nothing that they did: an id
 * says that something is there.
 */
export function searchIds(run: RoadsRun, person: string, { person: name, road, step, bytes }: Overheard): void {
  // Who watches is shown who is where, without a word.
  if (road === '/api/desk/watch') return
  const told = [...new Set(bytes.match(uuid) ?? [])].filter((id) => run.words.has(id) || run.isOurs(id))
  for (const id of told) {
    const isMessage = run.words.has(id)
    const may = isMessage
      ? run.allowed.slice(0, step + 1).some((each) => each.get(person)?.has(id)) || run.world.unsaid.has(id)
      : run.worlds.slice(0, step + 1).some((worlds) =>
          worlds.some((world) => {
            const room = world.rooms.get(id)
            return room !== undefined && knows(world, person, room)
          }),
        )
    if (may || run.world.authors.get(id) === person || isOfTheirs(run, person, id)) continue
    throw new Error(`${name} is told over ${road} in step ${step} of ${isMessage ? 'a message' : 'a room'}, ${id}`)
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

const isOfTheirs = ({ log }: RoadsRun, person: string, id: string): boolean =>
  log.some(({ command, answer }) => command.by === person && JSON.stringify([command, answer]).includes(id))
