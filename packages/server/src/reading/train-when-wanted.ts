import { Worker } from 'node:worker_threads'
import { type AccountId, type Clock, minutes, seconds } from '@parley/model'
import type { TopicLesson } from '@parley/rules'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { readLesson } from './read-lesson.ts'
import type { Trained } from './train-worker.ts'

/** Somebody who is still adding examples is not disturbed by a model made of half of them. */
const quietMs = seconds(10)
/** Longer than any lesson takes; after that another process takes over. */
const busyMs = minutes(10)
/** Own tickets are learned from once a day, where there are new ones. */
const againMs = minutes(24 * 60)

/**
 * Learns anew for every account where there is something new and nobody is learning yet: one process takes an account by writing its name on
 * the row. The new model is in use everywhere from the next question on. Answers for how many accounts it has learned.
 */
export async function trainWhenWanted(parts: { db: Database; clock: Clock; signal: AbortSignal }): Promise<number> {
  const { db, clock, signal } = parts
  await sql`insert into reading (account_id, wanted_at) select account_id, ${clock.now()} from account
    on conflict do nothing`.execute(db.workers)
  let learned = 0
  while (!signal.aborted) {
    const claim = await takeOne(db, clock.now())
    if (!claim) return learned
    const trained = await learn(db, claim.account, signal).catch(async (error: unknown) => {
      await release(db, claim.account)
      if (signal.aborted) return null
      throw error
    })
    if (!trained) return learned
    await keep(db, claim, trained, clock.now())
    learned += 1
  }
  return learned
}

async function learn(db: Database, account: AccountId, signal: AbortSignal): Promise<Trained> {
  const lesson = await db.read(account, (reader) => readLesson(reader, account))
  if (new Set(lesson.examples.flatMap(({ label }) => label ?? [])).size < 2)
    return { ok: false, because: 'too-few-topics' }
  return learnInThread(lesson, signal)
}

interface Claim {
  readonly account: AccountId
  readonly wanted: Date | null
}

async function takeOne(db: Database, now: Date): Promise<Claim | null> {
  const { rows } = await sql<Claim>`
    update reading set busy_until = ${new Date(now.getTime() + busyMs)} where account_id = (
      select r.account_id from reading r
      where (r.busy_until is null or r.busy_until < ${now}) and (r.wanted_at <= ${new Date(now.getTime() - quietMs)}
        or (r.wanted_at is null and r.trained_at < ${new Date(now.getTime() - againMs)}))
      order by r.wanted_at nulls last limit 1 for update skip locked
    ) returning account_id as account, wanted_at as wanted`.execute(db.workers)
  return rows[0] ?? null
}

async function release(db: Database, account: AccountId): Promise<void> {
  await db.write(account, (tx) =>
    tx.updateTable('reading').set({ busy_until: null }).where('account_id', '=', account).execute(),
  )
}

/** What came while it learned is still wanted afterwards. */
async function keep(db: Database, { account, wanted }: Claim, trained: Trained, now: Date): Promise<void> {
  const result = trained.ok
    ? { model: Buffer.from(trained.packed), report: JSON.stringify(trained.report), refusal: null }
    : { model: null, report: null, refusal: trained.because }
  await db.write(account, (tx) =>
    tx
      .updateTable('reading')
      .set({
        ...result,
        version: sql`version + 1`,
        trained_at: now,
        busy_until: null,
        wanted_at: sql`case when wanted_at is not distinct from ${wanted}::timestamptz then null else wanted_at end`,
      })
      .where('account_id', '=', account)
      .execute(),
  )
}

function learnInThread(lesson: TopicLesson, signal: AbortSignal): Promise<Trained> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: lesson })
    const end = () => void worker.terminate()
    signal.addEventListener('abort', end, { once: true })
    worker.once('message', (trained: Trained) => resolve(trained))
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', end)
      reject(new Error(`learning ended with ${code}`))
    })
  })
}
