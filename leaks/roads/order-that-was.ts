import { knows, type Room, reads, type World } from '../model/world.ts'
import type { Done, Outcome, RoadsRun } from './roads-run.ts'

export interface Ordered {
  readonly order: readonly Done[]
  readonly world: World
}

/** The orders in which what was done at once may have been done, and the one in which everybody knows of what they know of, and reads what they read. */
export async function orderThatWas(
  run: RoadsRun,
  outcomes: readonly Outcome[],
): Promise<{ was: Ordered; mayBe: readonly Ordered[] }> {
  const mayBe = permutations(outcomes.filter((one) => one.ok)).flatMap((order) => {
    const world = run.worldAfter(order)
    return world ? [{ order, world }] : []
  })
  const [only] = mayBe
  if (!only) throw new Error('what was done had to be refused, in whatever order')
  return { was: mayBe.length === 1 ? only : await theOneThatIs(run, mayBe), mayBe }
}

async function theOneThatIs(run: RoadsRun, all: readonly Ordered[]): Promise<Ordered> {
  const rooms = [...new Set(all.flatMap(({ world }) => [...world.rooms.keys()]))]
  const stands = await run.stage.rows<{ room: string; message: string }>(
    `select interaction_id as room, message_id as message from placement where interaction_id = any($1) order by interaction_id, position`,
    [rooms],
  )
  const spans = await run.stage.rows<{ room: string; person: string; from: number; to: number | null }>(
    `select interaction_id as room, person_id as person, from_position as from, to_position as to from span where interaction_id = any($1)`,
    [rooms],
  )
  /** In what a room differs from what it should be; null where it does not. */
  const differs = (world: World, room: Room): string | null => {
    const placed = stands.flatMap((one) => (one.room === room.id ? [one.message] : []))
    if (room.erased) return placed.length === 0 ? null : `${room.id} was erased and holds ${placed}`
    if (placed.join() !== messages(room.slots))
      return `${room.id} holds ${placed} and should hold ${messages(room.slots)}`
    for (const person of world.roles.keys()) {
      if (world.gone.has(person)) continue
      const own = spans.filter((span) => span.room === room.id && span.person === person)
      const covers = (at: number) => own.some(({ from, to }) => at >= from && (to === null || at <= to))
      const may = room.slots.filter(({ withdrawn }, index) => !withdrawn && covers(index + 1))
      const isKnown = may.length > 0 || own.some(({ to }) => to === null)
      if (isKnown !== knows(world, person, room))
        return `${person} ${isKnown ? 'knows' : 'knows nothing'} of ${room.id}`
      const should = messages(reads(world, person, room))
      if (messages(may) !== should) return `${person} reads ${messages(may)} in ${room.id} and should read ${should}`
    }
    return null
  }
  const wrongIn = ({ world }: Ordered) => [...world.rooms.values()].flatMap((room) => differs(world, room) ?? [])
  const found = all.find((one) => wrongIn(one).length === 0)
  if (!found) throw new Error(`in no order do these come to what is: ${all.flatMap(wrongIn).join('; ')}`)
  return found
}

const messages = (slots: readonly { readonly message: string }[]) => slots.map(({ message }) => message).join()

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]]
  return all.flatMap((one, index) => permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]))
}
