import type { Outcome } from '@parley/channel-sdk'
import type { AccountId, AttemptId, Clock, LaneId } from '@parley/model'
import { newId } from '@parley/model'
import { afterOutcome, afterSent, type DeliveryStep } from '@parley/rules'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Database, Tables, Writer } from '../db/index.ts'
import type { LeasedLane } from './claim-lanes.ts'
import { lockConversation, moveToNextAddress } from './next-address.ts'
import { keepProviderIds } from './provider-references.ts'
import { isNudge } from './render-nudge.ts'

export interface AttemptedDelivery {
  readonly attempt: AttemptId
  readonly row: DeliveryRow
  readonly number: number
}

export type DeliveryRow = Selectable<Tables['delivery']>

interface Parts {
  readonly db: Database
  readonly clock: Clock
  readonly random?: () => number
}

/** The next delivery of a lane if its time has come; order binds, so a later one never overtakes one that waits. */
export async function nextInLane(
  db: Database,
  account: AccountId,
  lane: LaneId,
  now: Date,
): Promise<DeliveryRow | null> {
  const next = await db.workers
    .selectFrom('delivery')
    .selectAll()
    .where('account_id', '=', account)
    .where('lane_id', '=', lane)
    .where('state', 'in', ['queued', 'sending'])
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst()
  return next && next.state === 'queued' && next.due_at <= now ? next : null
}

/**
 * Committed before the peer is spoken to. Null when there is nothing to attempt any more: the delivery was withdrawn or moved a moment ago,
 * or the lane is another process's by now.
 */
export async function beginAttempt(
  parts: Parts,
  lane: LeasedLane,
  node: number,
  row: DeliveryRow,
): Promise<AttemptedDelivery | null> {
  const attempt = newId<AttemptId>()
  const now = parts.clock.now()
  const number = row.attempts + 1
  return parts.db.workers.transaction().execute(async (tx) => {
    const { rows } = await sql`
      update delivery d set state = 'sending', attempts = ${number}, updated_at = ${now} from lane l
      where d.account_id = ${row.account_id} and d.delivery_id = ${row.delivery_id} and d.state = 'queued'
        and d.attempts = ${row.attempts} and d.lane_id = ${lane.lane_id}
        and l.account_id = d.account_id and l.lane_id = d.lane_id and l.leased_by = ${node} returning 1`.execute(tx)
    if (rows.length === 0) return null
    await tx
      .insertInto('attempt')
      .values({
        account_id: row.account_id,
        attempt_id: attempt,
        delivery_id: row.delivery_id,
        number,
        started_at: now,
        ended_at: null,
        outcome: null,
        reason: null,
        provider_id: null,
      })
      .execute()
    return { attempt, row, number }
  })
}

/** Writes the outcome and what follows from it, and answers the new state. */
export async function endAttempt(
  parts: Parts,
  channel: string,
  attempted: AttemptedDelivery,
  outcome: Outcome,
): Promise<string> {
  const { row, attempt, number } = attempted
  const now = parts.clock.now()
  const step = afterOutcome(
    { attempts: number, medium: row.medium, firstQueuedAt: row.created_at, markedTwice: row.maybe_twice },
    outcome,
    now,
    (parts.random ?? Math.random)(),
  )
  return parts.db.workers.transaction().execute(async (tx) => {
    if (step.state === 'failed') await lockConversation(tx, row)
    if (outcome.status === 'sent') await keepProviderIds(tx, row, channel, outcome.providerIds ?? [], now)
    const ended = await tx
      .updateTable('attempt')
      .set({
        ended_at: now,
        outcome: outcome.status,
        reason: outcome.status === 'sent' ? null : outcome.reason,
        provider_id: outcome.status === 'sent' ? (outcome.providerIds?.[0] ?? null) : null,
      })
      .where('account_id', '=', row.account_id)
      .where('attempt_id', '=', attempt)
      .where('ended_at', 'is', null)
      .returning('attempt_id')
      .executeTakeFirst()
    return ended ? takeStep(tx, row, step, now) : takeLate(tx, attempted, outcome, now)
  })
}

async function takeStep(tx: Writer, row: DeliveryRow, step: DeliveryStep, now: Date): Promise<string> {
  const current = await stateOf(tx, row)
  // A receipt came before the answer to the attempt itself, and has moved it on already.
  if (current !== 'sending') return current
  const change = changeFor(step, current)
  await tx
    .updateTable('delivery')
    .set({ ...change, updated_at: now })
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .execute()
  if (step.state === 'failed') await moveToNextAddress(tx, row, step.moves, step.reason, now)
  return change.state
}

/**
 * Another process believed this one dead and settled the attempt as unknown. That it was sent after all is worth knowing as long as nobody
 * has begun to repeat it; anything else would only put a third hand on it.
 */
async function takeLate(tx: Writer, attempted: AttemptedDelivery, outcome: Outcome, now: Date): Promise<string> {
  const { row, attempt, number } = attempted
  const current = await stateOf(tx, row)
  if (outcome.status !== 'sent') return current
  await tx
    .updateTable('attempt')
    .set({ outcome: 'sent', reason: null, provider_id: outcome.providerIds?.[0] ?? null })
    .where('account_id', '=', row.account_id)
    .where('attempt_id', '=', attempt)
    .execute()
  const { rows } = await sql`
    update delivery set state = 'sent', reason = null, updated_at = ${now}
    where account_id = ${row.account_id} and delivery_id = ${row.delivery_id} and attempts = ${number}
      and state in ('queued', 'unknown') returning 1`.execute(tx)
  return rows.length > 0 ? 'sent' : current
}

async function stateOf(tx: Writer, row: DeliveryRow): Promise<DeliveryRow['state']> {
  const { state } = await tx
    .selectFrom('delivery')
    .select('state')
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return state
}

function changeFor(step: DeliveryStep, current: DeliveryRow['state']) {
  switch (step.state) {
    case 'sent':
      return { state: afterSent(current) as DeliveryRow['state'], reason: null }
    case 'queued':
      return {
        state: 'queued' as const,
        due_at: step.at,
        reason: step.because,
        ...(step.markTwice ? { maybe_twice: true } : {}),
      }
    case 'failed':
      return { state: 'failed' as const, reason: step.reason }
    case 'unknown':
      return { state: 'unknown' as const, reason: step.because }
  }
}

/** There is nothing (left) to say: the question was withdrawn, the words erased. Nobody is spoken to. */
export async function dropUnsayable(parts: Parts, row: DeliveryRow): Promise<void> {
  await parts.db.workers
    .updateTable('delivery')
    .set({
      ...(row.kind === 'offer'
        ? { state: 'replaced' as const, reason: 'offer-withdrawn' }
        : isNudge(row)
          ? { state: 'replaced' as const, reason: 'seen-already' }
          : { state: 'failed' as const, reason: 'nothing-to-send' }),
      updated_at: parts.clock.now(),
    })
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .where('state', '=', 'queued')
    .execute()
}

/** Attempts of processes that are gone: their outcome is unknown, and their lanes are free again. */
export async function settleUnended(
  parts: Parts,
  nodes: readonly number[],
  busy: readonly LaneId[] = [],
): Promise<void> {
  const { rows: lanes } = await sql<LeasedLane>`
    select account_id, lane_id, address_id, medium from lane
    where due_at is not null and leased_by = any(${nodes}::bigint[]) and not lane_id = any(${busy}::uuid[])
    order by account_id, lane_id`.execute(parts.db.workers)
  for (const lane of lanes) await settleLane(parts, lane, nodes)
}

/** Nobody works on this lane any more: what has no end in it gets one, and it is free. */
async function settleLane(parts: Parts, lane: LeasedLane, nodes: readonly number[]): Promise<void> {
  const now = parts.clock.now()
  await parts.db.workers.transaction().execute(async (tx) => {
    if (!(await lockLane(tx, lane, nodes))) return
    await settleSending(tx, lane, now)
    await tx
      .updateTable('lane')
      .set({ leased_by: null, due_at: now })
      .where('account_id', '=', lane.account_id)
      .where('lane_id', '=', lane.lane_id)
      .execute()
  })
}

/** A fault of ours came between an attempt and its end; the lane is still this process's, which gives it back afterwards. */
export async function settleUnendedIn(parts: Parts, lane: LeasedLane, node: number): Promise<void> {
  await parts.db.workers.transaction().execute(async (tx) => {
    if (await lockLane(tx, lane, [node])) await settleSending(tx, lane, parts.clock.now())
  })
}

async function lockLane(tx: Writer, lane: LeasedLane, nodes: readonly number[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from lane where account_id = ${lane.account_id} and lane_id = ${lane.lane_id}
      and leased_by = any(${nodes}::bigint[]) for update`.execute(tx)
  return rows.length > 0
}

async function settleSending(tx: Writer, lane: LeasedLane, now: Date): Promise<void> {
  const sending = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('account_id', '=', lane.account_id)
    .where('lane_id', '=', lane.lane_id)
    .where('state', '=', 'sending')
    .orderBy('sequence')
    .execute()
  for (const row of sending) await settle(tx, row, now)
}

async function settle(tx: Writer, row: DeliveryRow, now: Date): Promise<void> {
  await tx
    .updateTable('attempt')
    .set({ ended_at: now, outcome: 'unknown', reason: 'process-ended' })
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .where('ended_at', 'is', null)
    .execute()
  const facts = {
    attempts: row.attempts,
    medium: row.medium,
    firstQueuedAt: row.created_at,
    markedTwice: row.maybe_twice,
  }
  await takeStep(tx, row, afterOutcome(facts, { status: 'unknown', reason: 'process-ended' }, now, 0), now)
}
