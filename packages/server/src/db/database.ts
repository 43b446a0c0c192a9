import type { AccountId } from '@parley/model'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { notingOrigins } from './origins.ts'
import { bindHashing, bindSealing, holdSealed, OpeningSealed, type SealedValues, sealedTypes } from './sealed-values.ts'
import type { Tables } from './tables/index.ts'

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
  /**
   * One prepared statement in a transaction of its own, behind the same wall as `write`, in one round trip: for what is done thousands of
   * times a second.
   */
  statement<Row extends pg.QueryResultRow>(account: AccountId, statement: Statement, values: unknown[]): Promise<Row[]>
  readonly workers: Kysely<Tables>
  readonly workerPool: pg.Pool
  close(): Promise<void>
}

export interface Statement {
  readonly name: string
  readonly text: string
}

const asApp = '-c search_path=parley -c role=parley_app'

/** Two batches of the road are under way at most. */
const forStatements = 2

/**
 * At most `max` connections in all: two thirds for features, the rest for what crosses accounts. Without `sealing` nothing is sealed, and
 * what is stays closed.
 */
export function openDatabase(
  connection: pg.PoolConfig,
  options: { max?: number; sealing?: SealedValues } = {},
): Database {
  const { sealing } = options
  const most = options.max ?? 20
  const forWorkers = Math.max(1, Math.floor(most / 3))
  const appPool = new pg.Pool({
    ...connection,
    types: sealedTypes,
    max: Math.max(1, most - forWorkers - forStatements),
    options: asApp,
  })
  const statementPool = new pg.Pool({ ...connection, max: forStatements, options: asApp })
  // These connections keep their account from one statement to the next, and nothing else uses them.
  const accounts = new WeakMap<pg.PoolClient, AccountId>()
  const workerPool = new pg.Pool({
    ...connection,
    types: sealedTypes,
    max: forWorkers,
    options: '-c search_path=parley',
  })
  // A connection that breaks is replaced by the pool, and whoever was asking something over it hears of it by their own promise. Without a
  // listener the process would end: the pool listens to idle ones only, nobody to one that is in use.
  for (const pool of [appPool, statementPool, workerPool]) {
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
  }
  const noted = sealing ? holdSealed : () => false
  const app = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: notingOrigins(appPool, noted) }),
  })
  const workers = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: notingOrigins(workerPool, noted) }),
    plugins: sealing ? [new OpeningSealed(null, sealing)] : [],
  })
  if (sealing) bindHashing(workers, sealing)
  const opening = <Db extends Reader>(db: Db, account: AccountId): Db =>
    sealing ? bindSealing(db.withPlugin(new OpeningSealed(account, sealing)) as Db, account, sealing) : db

  return {
    workers,
    workerPool,
    read: (account, work) =>
      app.connection().execute(async (db) => {
        await sql`select set_config('parley.account', ${account}, false)`.execute(db)
        return work(opening(db, account))
      }),
    write: (account, work) =>
      app.transaction().execute(async (tx) => {
        await sql`select set_config('parley.account', ${account}, true)`.execute(tx)
        return work(opening(tx, account))
      }),
    async statement<Row extends pg.QueryResultRow>(account: AccountId, statement: Statement, values: unknown[]) {
      const client = await statementPool.connect()
      try {
        if (accounts.get(client) !== account) {
          accounts.delete(client)
          await client.query(`select set_config('parley.account', $1, false)`, [account])
          accounts.set(client, account)
        }
        return (await client.query<Row>({ ...statement, values })).rows
      } finally {
        client.release()
      }
    },
    close: async () => {
      await Promise.all([app.destroy(), workers.destroy(), statementPool.end()])
    },
  }
}
