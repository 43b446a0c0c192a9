import { systemClock } from '@parley/model'
import type pg from 'pg'
import { writeBlob } from './attachments/index.ts'
import { openDatabase } from './db/index.ts'
import { CriteriaIndexes } from './hunting/index.ts'
import { type Erased, type Erasing, type ErasingPoint, eraseAsInstallation } from './operations/index.ts'
import { Road } from './road/index.ts'
import { keyFor, openSealing } from './sealing/index.ts'

/**
 * Erases a conversation or a person without a desk, for whoever runs the installation; servers that run on this database take notice of it
 * by themselves. Null where there is no such conversation or person.
 */
export async function eraseAtInstallation(
  parts: {
    connection: pg.PoolConfig
    secret: Buffer
    keyStore: Parameters<typeof openSealing>[0]
    /** Tests stop the process there. */
    point?: (name: ErasingPoint) => Promise<void> | void
  },
  what: Pick<Erasing, 'account' | 'of'>,
): Promise<Erased | null> {
  const { connection, secret, keyStore, point } = parts
  const clock = systemClock
  const db = openDatabase(connection, { max: 4, sealing: openSealing(keyStore, keyFor(secret, 'keyed hashes')) })
  const road = new Road({
    db,
    clock,
    live: { committed: () => {} },
    beginHunt: async () => {},
    find: new CriteriaIndexes({ db, clock }).find,
    seal: writeBlob,
  })
  try {
    return await eraseAsInstallation({ db, road, clock, ...(point ? { point } : {}) }, what)
  } finally {
    await db.close()
  }
}
