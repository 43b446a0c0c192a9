import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import * as structure from './migrations/0001-structure.ts'
import * as signIn from './migrations/0010-sign-in.ts'
import * as hunt from './migrations/0020-hunt.ts'
import * as people from './migrations/0021-people.ts'
import * as concierge from './migrations/0022-concierge.ts'
import * as reading from './migrations/0023-reading.ts'
import * as criteriaLog from './migrations/0024-criteria-log.ts'
import * as retireIndex from './migrations/0025-retire-index.ts'
import * as oneAnswer from './migrations/0026-one-answer.ts'
import * as ownAddresses from './migrations/0027-own-addresses.ts'
import * as starting from './migrations/0028-starting.ts'
import * as addresses from './migrations/0029-addresses.ts'
import * as push from './migrations/0030-push.ts'
import * as programs from './migrations/0031-programs.ts'
import * as operations from './migrations/0032-operations.ts'
import * as invitations from './migrations/0033-invitations.ts'
import * as sealing from './migrations/0034-sealing.ts'
import * as placing from './migrations/0035-placing.ts'
import * as rights from './migrations/0036-rights.ts'
import * as erasing from './migrations/0038-erasing.ts'
import * as indexesForMoves from './migrations/0039-indexes-for-moves.ts'
import * as spanUntil from './migrations/0040-span-until.ts'
import * as emptied from './migrations/0044-emptied.ts'
import * as erasedPeople from './migrations/0045-erased-people.ts'
import * as noticesWithoutWords from './migrations/0046-notices-without-words.ts'
import * as looseBlobs from './migrations/0047-loose-blobs.ts'
import * as notesOfOffers from './migrations/0048-notes-of-offers.ts'

/** In the order of their names; a released one is never edited. */
const migrations: Record<string, Migration> = {
  '0001-structure': structure,
  '0010-sign-in': signIn,
  '0020-hunt': hunt,
  '0021-people': people,
  '0022-concierge': concierge,
  '0023-reading': reading,
  '0024-criteria-log': criteriaLog,
  '0025-retire-index': retireIndex,
  '0026-one-answer': oneAnswer,
  '0027-own-addresses': ownAddresses,
  '0028-starting': starting,
  '0029-addresses': addresses,
  '0030-push': push,
  '0031-programs': programs,
  '0032-operations': operations,
  '0033-invitations': invitations,
  '0035-placing': placing,
  '0034-sealing': sealing,
  '0036-rights': rights,
  '0038-erasing': erasing,
  '0039-indexes-for-moves': indexesForMoves,
  '0040-span-until': spanUntil,
  '0044-emptied': emptied,
  '0045-erased-people': erasedPeople,
  '0046-notices-without-words': noticesWithoutWords,
  '0047-loose-blobs': looseBlobs,
  '0048-notes-of-offers': notesOfOffers,
}

/** The newest schema that this version of Parley knows. */
export const schemaVersion: string = Object.keys(migrations).at(-1) ?? ''

export type MigrateResult =
  | { ok: true; applied: string[] }
  /** The database was written by a newer Parley: nothing was touched. */
  | { ok: false; because: 'newer'; found: string }

/** Bring a database to the newest schema. Safe to run from several processes at once: the migrator takes a lock. */
export async function migrateToLatest(connection: pg.PoolConfig): Promise<MigrateResult> {
  const pool = new pg.Pool({ ...connection, max: 1, options: '-c search_path=parley' })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await sql`create schema if not exists parley`.execute(db)
    await createRole(db)
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: 'parley',
      migrationTableName: 'parley_migration',
      migrationLockTableName: 'parley_migration_lock',
    })
    const newer = await newerMigration(db)
    if (newer) return { ok: false, because: 'newer', found: newer }
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw new Error('the database could not be brought to the newest schema', { cause: error })
    return { ok: true, applied: (results ?? []).map((result) => result.migrationName) }
  } finally {
    await db.destroy()
  }
}

/** The role under which row-level security holds: it owns nothing and bypasses nothing. */
async function createRole(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'parley_app') then
        create role parley_app nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db)
  await sql`grant parley_app to current_user`.execute(db)
}

async function newerMigration(db: Kysely<unknown>): Promise<string | null> {
  const table = await sql<{ found: boolean }>`
    select to_regclass('parley.parley_migration') is not null as found`.execute(db)
  if (!table.rows[0]?.found) return null
  const applied = await sql<{ name: string }>`select name from parley.parley_migration order by name`.execute(db)
  return applied.rows.map((row) => row.name).find((name) => !(name in migrations)) ?? null
}
