import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '@parley/server'
import pg from 'pg'

export interface BenchDatabase {
  readonly connectionString: string
  readonly version: string
  readonly fsync: string
  /** Of the postmaster. */
  readonly pid: number
  stop(): Promise<void>
}

/** The embedded PostgreSQL as `npm start` has it: with fsync. */
export async function startDatabase(): Promise<BenchDatabase> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'parley-bench-'))
  // As root, PostgreSQL runs as another user, who has to pass through.
  chmodSync(dataFolder, 0o711)
  const started = await startEmbeddedPostgres({ dataFolder })
  if (!started.ok) throw new Error(started.refusal.text)
  const { server } = started
  const client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
  const { rows } = await client.query<{ fsync: string }>('show fsync')
  await client.end()
  return {
    connectionString: server.connectionString,
    version: server.version,
    fsync: rows[0]?.fsync ?? 'unknown',
    pid: server.pid,
    async stop() {
      await server.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
