import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrateToLatest } from '@parley/server/db'
import { startEmbeddedPostgres } from '@parley/server/db/embedded'
import { guardGroup } from './orphan-guard.ts'
import { asOwner, templateName, withDatabase } from './postgres.ts'

/**
 * Vitest's globalSetup: one PostgreSQL for the whole run, with a migrated template that `freshDatabase` clones. It
 * forgets in a power cut (fsync off); tests about durability start one of their own.
 */
export default async function startPostgresForTests(): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'parley-tests-'))
  // As root, PostgreSQL runs as another user, who has to pass through.
  chmodSync(dataFolder, 0o711)
  const started = await startEmbeddedPostgres({
    dataFolder,
    binaries: process.env.PARLEY_POSTGRES_BIN,
    isDurable: false,
  })
  if (!started.ok) throw new Error(started.refusal.text)
  const { server } = started
  const guard = guardGroup(server.pid, dataFolder)
  await asOwner(server.connection, (client) => client.query(`create database ${templateName} template template0`))
  await migrateToLatest({ connectionString: withDatabase(server.connectionString, templateName) })
  process.env.PARLEY_TEST_POSTGRES = server.connectionString

  return async () => {
    await server.stop()
    guard.release()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}
