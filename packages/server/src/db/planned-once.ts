import type pg from 'pg'

/** Asked so often over one connection, a statement is kept there by a name, and planned once. */
const oftenEnough = 5
/** So many are kept on one connection: each costs it memory as long as it lasts. */
export const mostKept = 200
/** So many texts are counted on the way there; those that are never asked again are forgotten with all others that are not kept. */
const mostCounted = 1000

interface Known {
  readonly uses: Map<string, number>
  readonly names: Map<string, string>
}

const knownBy = new WeakMap<pg.PoolClient, Known>()
const stale = new WeakSet<pg.PoolClient>()

/** Must this connection go, since what it keeps does not fit what is there by now? */
export const isStale = (client: pg.PoolClient): boolean => stale.has(client)

/**
 * Asks a statement over a connection, which keeps it once it is asked often. One that was kept and does not fit any more, since another
 * process has changed the tables, is asked anew; within a transaction that is over by then, and fails.
 */
export async function askPlanned(client: pg.PoolClient, text: string, values: unknown[]): Promise<pg.QueryResult> {
  const name = values.length > 0 ? nameOf(client, text) : undefined
  if (name === undefined) return client.query(text, values)
  try {
    return await client.query({ name, text, values })
  } catch (error) {
    if (!doesNotFit(error)) throw error
    stale.add(client)
    return client.query(text, values).catch(() => {
      throw error
    })
  }
}

function nameOf(client: pg.PoolClient, text: string): string | undefined {
  const known: Known = knownBy.get(client) ?? { uses: new Map(), names: new Map() }
  knownBy.set(client, known)
  const { uses, names } = known
  const name = names.get(text)
  if (name !== undefined || names.size >= mostKept) return name
  const used = (uses.get(text) ?? 0) + 1
  if (used < oftenEnough) {
    if (uses.size >= mostCounted) uses.clear()
    uses.set(text, used)
    return undefined
  }
  uses.delete(text)
  const made = `often ${names.size}`
  names.set(text, made)
  return made
}

/** "Cached plan must not change result type" (feature_not_supported), and a name that the server does not know. */
function doesNotFit(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === '26000' || (error.code === '0A000' && error.message.includes('cached plan'))
}
