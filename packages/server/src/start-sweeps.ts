import type { Clock, PersonId } from '@parley/model'
import { goOnWhenDue } from './concierge/index.ts'
import type { Database } from './db/index.ts'
import { expire, LooseBlobs } from './housekeeping/index.ts'
import { type CriteriaIndexes, stepHunts } from './hunting/index.ts'
import { finishErasing } from './operations/index.ts'
import type { AddressParts } from './people/index.ts'
import { trainWhenWanted } from './reading/index.ts'
import { type Road, reachClosedWindows } from './road/index.ts'
import type { ServerLog } from './server-parts.ts'
import { followTeams } from './teams/index.ts'

export interface SweepParts {
  readonly db: Database
  readonly road: Road
  readonly clock: Clock
  readonly log: ServerLog
  readonly addresses: AddressParts
  readonly indexes: CriteriaIndexes
  readonly windowPatienceMs: number
  readonly isConnected: (person: PersonId) => boolean
  /** Addresses whose medium says that nobody is there. */
  readonly away: () => readonly string[]
  /** Deliveries were written: the outbox is to look. */
  readonly wake: () => void
}

const sweepMs = 5_000
/** A wave, or a grace, is this late at most. */
const huntStepMs = 1_000
/** What has changed meanwhile is read by the next search: this often it has little left to read. */
const indexMs = 30_000
const expireMs = 10 * 60_000
/** What a crash left half erased is erased this long after a start, about. */
const eraseMs = 60_000
/** New examples are learned from this late at most, and then some. */
const learnMs = 10_000

/** What nobody asks for and time brings: each kind of work again and again until it is stopped, never twice at once. */
export function startSweeps(parts: SweepParts): { stop(): Promise<void> } {
  const { db, road, clock, log, addresses, indexes, isConnected } = parts
  const warn = (facts: object, message: string) => log.warn(facts, message)
  const windows = every(sweepMs, log, async () => {
    const away = parts.away()
    if ((await reachClosedWindows({ db, clock, isConnected, away }, parts.windowPatienceMs)) > 0) parts.wake()
  })
  const hunts = every(huntStepMs, log, async () => {
    await stepHunts({ db, road, clock, warn })
    await followTeams({ db, road, warn })
    await goOnWhenDue({ db, road, clock, warn, addresses })
  })
  const indexing = every(indexMs, log, () => indexes.keepUp(), 0)
  const stopping = new AbortController()
  const learning = every(learnMs, log, async () => void (await trainWhenWanted({ db, clock, signal: stopping.signal })))
  const erasing = every(eraseMs, log, async () => void (await finishErasing({ db, road, clock })), 0)
  const expiry = every(expireMs, log, async () => void (await expire({ db, clock })))
  const loose = new LooseBlobs({ db, clock })
  const dropping = every(expireMs, log, async () => void (await loose.sweep()))
  return {
    async stop() {
      await windows.stop()
      await hunts.stop()
      stopping.abort()
      await learning.stop()
      await erasing.stop()
      await expiry.stop()
      await dropping.stop()
      indexes.stop()
      await indexing.stop()
    },
  }
}

function every(ms: number, log: ServerLog, work: () => Promise<void>, firstMs = ms): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  let isStopped = false
  const next = (afterMs: number) => {
    if (isStopped) return
    timer = setTimeout(() => {
      running = work()
        .catch((error: unknown) => log.warn({ error: String(error) }, 'a sweep failed and is repeated'))
        .finally(() => next(ms))
    }, afterMs)
  }
  next(firstMs)
  return {
    async stop() {
      isStopped = true
      if (timer) clearTimeout(timer)
      await running
    },
  }
}
