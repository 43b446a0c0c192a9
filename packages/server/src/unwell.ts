import type { Health } from '@parley/channel-sdk'
import type { Database } from './db/index.ts'

/** What is not well, by name: the database, and each channel that is down. */
export async function unwell(db: Database, channels: Record<string, Health>): Promise<Record<string, string>> {
  const failing: Record<string, string> = {}
  await db.workerPool.query('select 1').catch(() => {
    failing.database = 'does not answer'
  })
  for (const [name, health] of Object.entries(channels)) {
    if (health.state === 'down') failing[name] = health.reason
  }
  return failing
}
