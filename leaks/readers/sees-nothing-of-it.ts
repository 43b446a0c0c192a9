import pg from 'pg'
import type { Draw } from '../history/draw.ts'
import { allShownTo } from '../model/shown.ts'
import type { World } from '../model/world.ts'
import type { ReadersHouse } from './readers-house.ts'

/**
 * Law 8, counted: somebody reads everything that they can before a step; afterwards, where nothing has happened that is theirs to know, they get
 * the same bytes by as many statements. What differs, or null.
 */
export async function seesNothingOfIt(
  house: ReadersHouse,
  world: World,
  { by, draw }: { by: string; draw: Draw },
): Promise<() => Promise<string | null>> {
  const person = draw.pick([...world.roles.keys()].filter((one) => one !== by))
  if (!draw.chance(0.5)) return async () => null
  const known = allShownTo(world, person)
  const read = () => counting(house.database, () => house.everything(person))
  const before = await read()
  return async () => {
    if (allShownTo(world, person) !== known) return null
    const after = await read()
    if (after.answer !== before.answer) {
      return `${person} knows nothing of it, and gets other bytes: ${whereTheyPart(before.answer, after.answer)}`
    }
    if (after.statements !== before.statements) {
      return `${person} knows nothing of it, and ${after.statements} statements are asked where there were ${before.statements}`
    }
    return null
  }
}

function whereTheyPart(one: string, other: string): string {
  const at = [...one].findIndex((character, index) => character !== other[index])
  const from = Math.max(0, at < 0 ? one.length - 80 : at - 80)
  return `…${one.slice(from, from + 300)}… became …${other.slice(from, from + 300)}…`
}

/** How many statements each database has been asked. Histories go on beside each other, each in a database of its own. */
const asked = new Map<string, number>()

const { query } = pg.Client.prototype
pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
  const [first] = args as unknown as [string | { text?: string }]
  const text = typeof first === 'string' ? first : (first.text ?? '')
  const database = this.database ?? ''
  // What a connection asks for itself is none of the reader's.
  if (/^\s*(select|with)\b/i.test(text) && !text.includes('pg_')) asked.set(database, (asked.get(database) ?? 0) + 1)
  return query.apply(this, args)
} as typeof query

async function counting<T>(database: string, work: () => Promise<T>): Promise<{ answer: T; statements: number }> {
  const before = asked.get(database) ?? 0
  const answer = await work()
  return { answer, statements: (asked.get(database) ?? 0) - before }
}
