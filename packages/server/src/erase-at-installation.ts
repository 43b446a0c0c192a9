import { systemClock } from '@parley/model'
import type pg from 'pg'
import { writeBlob } from './attachments/index.ts'
import { type Hint, tellOnce } from './bus/index.ts'
import { openDatabase } from './db/index.ts'
import { CriteriaIndexes } from './hunting/index.ts'
import {
  type Erased,
  type Erasing,
  type ErasingPoint,
  eraseAsInstallation,
  type HasKey,
  type NoKeys,
  type NotErased,
} from './operations/index.ts'
import { hintsOf } from './realtime/index.ts'
import { type Committed, Road } from './road/index.ts'
import { FolderKeyStore, keyFor, openSealing } from './sealing/index.ts'

/**
 * Erases a conversation or a person without a desk, for whoever runs the installation; servers that run on this database take notice of it
 * by themselves. Null where there is no such conversation or person, a reason where somebody may not be erased or the keys are elsewhere.
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
): Promise<Erased | NotErased | NoKeys | null> {
  const { connection, secret, keyStore, point } = parts
  const clock = systemClock
  const db = openDatabase(connection, { max: 4, sealing: openSealing(keyStore, keyFor(secret, 'keyed hashes')) })
  const store = new FolderKeyStore(keyStore.folder, keyStore.secrets)
  const hasKey: HasKey = (account, { conversation, by }) =>
    store.has({ account, of: 'conversation', id: conversation, ...(by ? { by } : {}) })
  const committed: Committed[] = []
  const road = new Road({
    db,
    clock,
    live: { committed: (what) => committed.push(what) },
    beginHunt: async () => {},
    find: new CriteriaIndexes({ db, clock }).find,
    seal: writeBlob,
  })
  try {
    const erased = await eraseAsInstallation({ db, road, clock, hasKey, ...(point ? { point } : {}) }, what)
    // A hint that is lost is made good: servers look for themselves, now and then.
    await tellOnce(db.workerPool, committed.flatMap(hintsElsewhere)).catch(() => {})
    return erased
  } finally {
    await db.close()
  }
}

const hintsElsewhere = (what: Committed): Hint[] => [
  ...hintsOf(what).map(({ hint }) => hint),
  ...what.changed.map(
    ({ person, what: list }): Hint => ({ kind: 'frame', person, frame: { t: 'changed', what: list } }),
  ),
]
