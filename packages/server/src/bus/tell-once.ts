import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { hintChannel } from './bus.ts'
import { type Hint, packHints } from './hint.ts'

/** Hints of a process that goes again: it hears none itself. */
export async function tellOnce(pool: Pick<pg.Pool, 'query'>, hints: readonly Hint[]): Promise<void> {
  if (hints.length === 0) return
  const payloads = packHints(randomBytes(9).toString('base64url'), hints)
  await pool.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [hintChannel, payloads])
}
