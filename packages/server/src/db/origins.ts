import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { askPlanned, isStale } from './planned-once.ts'

/**
 * Of each column of a result, by its name there, the `table.column` that its values stand in; left out where they were computed (RowDescription in
 * the message formats of PostgreSQL's protocol names both).
 */
export type Origins = ReadonlyMap<string, string>

const noted = new WeakMap<object, Origins>()

/** Where the values of these rows stand, if they were read through a pool that notes it and hold something that is sealed. */
export const originsOf = (rows: object): Origins | undefined => noted.get(rows)

/** A pool that notes for rows in which `isWanted` holds where their values stand, and plans once what is asked often. */
export function notingOrigins(
  pool: pg.Pool,
  isWanted: (rows: readonly Record<string, unknown>[]) => boolean,
): PostgresPool {
  const columns = new Columns()
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const noting = (client: pg.PoolClient): PostgresPoolClient => {
    const query = async (text: string, values: readonly unknown[]) => {
      const result = await askPlanned(client, text, [...values])
      if (result.rows && isWanted(result.rows)) noted.set(result.rows, await columns.originsOf(client, result.fields))
      return result
    }
    // Kysely asks with a cursor only where one was configured.
    const wrapped = {
      query: query as unknown as PostgresPoolClient['query'],
      release: () => client.release(isStale(client)),
    }
    clients.set(client, wrapped)
    return wrapped
  }
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      return clients.get(client) ?? noting(client)
    },
    end: () => pool.end(),
  }
}

/** The names of columns by the numbers that results give them, which last as long as the table. */
class Columns {
  readonly #names = new Map<string, string>()

  async originsOf(client: pg.PoolClient, fields: readonly pg.FieldDef[]): Promise<Origins> {
    const stored = fields.filter(({ tableID }) => tableID !== 0)
    // Over the connection that read the rows: one that waited for another could wait for itself.
    if (stored.some((field) => !this.#names.has(keyOf(field)))) await this.#load(client)
    return new Map(stored.map((field) => [field.name, this.#names.get(keyOf(field)) ?? '']))
  }

  async #load(client: pg.PoolClient): Promise<void> {
    const { rows } = await client.query<{ tableID: number; columnID: number; name: string }>(
      `select c.oid::int8 as "tableID", a.attnum as "columnID", c.relname || '.' || a.attname as name
       from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'parley'::regnamespace and c.relkind in ('r', 'p')`,
    )
    for (const row of rows) this.#names.set(keyOf(row), row.name)
  }
}

const keyOf = ({ tableID, columnID }: { tableID: number; columnID: number }) => `${tableID}.${columnID}`
