import type { AccountId } from '@parley/model'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

// bigint columns hold ordinals, sizes and sequences: all far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export type Reader = Kysely<Tables>
export type Writer = Transaction<Tables>

/**
 * The database as features see it: readers and writers are bound to one account and run under the role that row-level security holds
 * for. `workers` crosses accounts (the outbox, sweeps) and is used only where a query says which accounts it means.
 */
export interface Database {
  read<T>(account: AccountId, work: (db: Reader) => Promise<T>): Promise<T>
  /** One transaction; it is rolled back when `work` rejects. */
  write<T>(account: AccountId, work: (tx: Writer) => Promise<T>): Promise<T>
  readonly workers: Kysely<Tables>
  readonly workerPool: pg.Pool
  close(): Promise<void>
}

export function openDatabase(connection: pg.PoolConfig, options: { max?: number } = {}): Database {
  const appPool = new pg.Pool({
    ...connection,
    max: options.max ?? 10,
    options: '-c search_path=parley -c role=parley_app',
  })
  const workerPool = new pg.Pool({ ...connection, max: 6, options: '-c search_path=parley' })
  // A connection that breaks while it is idle is replaced by the pool; without a listener the process would end.
  appPool.on('error', () => {})
  workerPool.on('error', () => {})
  const app = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: appPool }) })
  const workers = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: workerPool }) })

  return {
    workers,
    workerPool,
    read: (account, work) =>
      app.connection().execute(async (db) => {
        await sql`select set_config('parley.account', ${account}, false)`.execute(db)
        return work(db)
      }),
    write: (account, work) =>
      app.transaction().execute(async (tx) => {
        await sql`select set_config('parley.account', ${account}, true)`.execute(tx)
        return work(tx)
      }),
    close: async () => {
      await Promise.all([app.destroy(), workers.destroy()])
    },
  }
}
