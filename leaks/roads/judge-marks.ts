import type { InteractionView } from '@parley/protocol'
import { reads } from '../model/world.ts'
import type { RoadsRun } from './roads-run.ts'

/** How far each place has come, as it is written. */
type Marks = ReadonlyMap<string, { readonly delivered: number; readonly read: number }>

export async function readMarks({ stage }: RoadsRun): Promise<Marks> {
  const rows = await stage.rows<{ id: string; delivered: number; read: number }>(
    'select participant_id as id, delivered, read from participant',
  )
  return new Map(rows.map(({ id, ...mark }) => [id, mark]))
}

/**
 * How far somebody is shown to have come is how far they came themselves, and nobody else who is there unseen. Marks only grow: those that
 * are written are read after what was shown.
 */
export function judgeMarks(run: RoadsRun, person: string, shown: readonly InteractionView[], marks: Marks): void {
  const { world } = run
  for (const { id, participants } of shown) {
    const room = world.rooms.get(id)
    if (!room) continue
    const own = new Set(reads(world, person, room))
    const upTo = (position: number) => room.slots.filter((slot, at) => at < position && own.has(slot)).length
    for (const { id: place, alias, delivered, read } of participants) {
      const mark = marks.get(place)
      if (mark && (delivered > upTo(mark.delivered) || read > upTo(mark.read)))
        throw new Error(
          `${run.personName(person)} is shown that ${alias} has ${delivered} and read ${read} in ${id}, and they have ${upTo(mark.delivered)} and ${upTo(mark.read)}`,
        )
    }
  }
}
