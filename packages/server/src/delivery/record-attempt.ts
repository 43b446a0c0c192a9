import type { Outcome } from '@parley/channel-sdk'
import type { AccountId, AttemptId, Clock, LaneId } from '@parley/model'
import { newId } from '@parley/model'
import { afterOutcome, afterSent, type DeliveryStep } from '@parley/rules'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Database, Tables, Writer } from '../db/index.ts'
import { moveToNextAddress } from './next-address.ts'

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

/** Committed before the peer is spoken to. */
export async function beginAttempt(
  parts: Parts,
  account: AccountId,
  lane: LaneId,
  row: DeliveryRow,
): Promise<AttemptedDelivery> {
  const attempt = newId<AttemptId>()
  const now = parts.clock.now()
  const number = row.attempts + 1
  await parts.db.workers.transaction().execute(async (tx) => {
    await tx
      .updateTable('delivery')
      .set({ state: 'sending', attempts: number, updated_at: now })
      .where('account_id', '=', account)
      .where('delivery_id', '=', row.delivery_id)
      .where('lane_id', '=', lane)
      .execute()
    await tx
      .insertInto('attempt')
      .values({
        account_id: account,
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
  })
  return { attempt, row, number }
}

/** Writes the outcome and what follows from it, and answers the new state. */
export async function endAttempt(parts: Parts, attempted: AttemptedDelivery, outcome: Outcome): Promise<string> {
  const { row, attempt, number } = attempted
  const now = parts.clock.now()
  const step = afterOutcome(
    { attempts: number, medium: row.medium, firstQueuedAt: row.created_at, markedTwice: row.maybe_twice },
    outcome,
    now,
    (parts.random ?? Math.random)(),
  )
  return parts.db.workers.transaction().execute(async (tx) => {
    await tx
      .updateTable('attempt')
      .set({
        ended_at: now,
        outcome: outcome.status,
        reason: outcome.status === 'sent' ? null : outcome.reason,
        provider_id: outcome.status === 'sent' ? (outcome.providerId ?? null) : null,
      })
      .where('account_id', '=', row.account_id)
      .where('attempt_id', '=', attempt)
      .execute()
    return takeStep(tx, row, step, now)
  })
}

async function takeStep(tx: Writer, row: DeliveryRow, step: DeliveryStep, now: Date): Promise<string> {
  const current = await tx
    .selectFrom('delivery')
    .select('state')
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  // A receipt may have come before the answer to the attempt itself.
  if (current.state === 'delivered' || current.state === 'read') return current.state
  const change = changeFor(step, current.state)
  await tx
    .updateTable('delivery')
    .set({ ...change, updated_at: now })
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .execute()
  if (step.state === 'failed') await moveToNextAddress(tx, row, step.moves, step.reason, now)
  return change.state
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

/** Attempts of processes that are gone: their outcome is unknown, and their lanes are free again. */
export async function settleUnended(parts: Parts, nodes: readonly number[], now: Date): Promise<void> {
  await parts.db.workers.transaction().execute(async (tx) => {
    const { rows: lanes } = await sql<{ account_id: AccountId; lane_id: LaneId }>`
      select account_id, lane_id from lane where leased_by = any(${nodes}::bigint[])
      order by account_id, lane_id for update skip locked`.execute(tx)
    for (const lane of lanes) {
      const sending = await tx
        .selectFrom('delivery')
        .selectAll()
        .where('account_id', '=', lane.account_id)
        .where('lane_id', '=', lane.lane_id)
        .where('state', '=', 'sending')
        .orderBy('sequence')
        .execute()
      for (const row of sending) {
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
      await tx
        .updateTable('lane')
        .set({ leased_by: null, due_at: now })
        .where('account_id', '=', lane.account_id)
        .where('lane_id', '=', lane.lane_id)
        .execute()
    }
  })
}
