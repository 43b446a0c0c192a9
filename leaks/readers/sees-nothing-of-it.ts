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
    if (after.statements.length !== before.statements.length) {
      const more = after.statements.find((text, at) => text !== before.statements[at]) ?? 'none'
      return `${person} knows nothing of it, and ${after.statements.length} statements are asked where there were ${before.statements.length}: ${more}`
    }
    return null
  }
}

function whereTheyPart(one: string, other: string): string {
  const at = [...one].findIndex((character, index) => character !== other[index])
  const from = Math.max(0, at < 0 ? one.length - 80 : at - 80)
  return `…${one.slice(from, from + 300)}… became …${other.slice(from, from + 300)}…`
}

/** The statements that each database has been asked since somebody began to listen. Histories go on beside each other, each in its own. */
const asked = new Map<string, string[]>()

const { query } = pg.Client.prototype
pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
  const [first, values, ...rest] = args as unknown as [string | { text?: string }, unknown]
  const text = typeof first === 'string' ? first : (first.text ?? '')
  const isRead = /^\s*(select|with)\b/i.test(text)
  // What a connection asks for itself is none of the reader's.
  if (isRead && !text.includes('pg_')) asked.get(this.database ?? '')?.push(text)
  // Planning is most of what a short history costs: each connection has a statement planned once.
  if (isRead && typeof first === 'string' && Array.isArray(values)) {
    return query.apply(this, [{ name: nameOf(text), text, values }, ...rest] as never)
  }
  return query.apply(this, args)
} as typeof query

const names = new Map<string, string>()
/** PostgreSQL tells names apart by their first 63 bytes. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `read ${names.size}`
  names.set(text, name)
  return name
}

async function counting<T>(database: string, work: () => Promise<T>): Promise<{ answer: T; statements: string[] }> {
  const statements: string[] = []
  asked.set(database, statements)
  const answer = await work()
  asked.delete(database)
  return { answer, statements }
}
