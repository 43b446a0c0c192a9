import type { AccountId, AddressId, LaneId, Medium } from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'

export interface LeasedLane {
  account_id: AccountId
  lane_id: LaneId
  address_id: AddressId
  medium: Medium
}

/** Leases lanes that are due, at most so many, without waiting for those that another process is just taking. */
export async function claimLanes(
  db: Database,
  wanted: { node: number; media: readonly Medium[]; now: Date; most: number },
): Promise<LeasedLane[]> {
  const { rows } = await sql<LeasedLane>`
    update lane set leased_by = ${wanted.node}
    where (account_id, lane_id) in (
      select account_id, lane_id from lane
      where due_at <= ${wanted.now} and leased_by is null and medium = any(${wanted.media})
      order by due_at limit ${wanted.most} for update skip locked)
    returning account_id, lane_id, address_id, medium`.execute(db.workers)
  return rows
}

/**
 * Gives a lane back, due when its next delivery is, but not before `notBefore`. Two statements: the second has a snapshot of its own,
 * taken after the lock, and so sees whatever was enqueued while the lock was waited for. A lane that another process took over meanwhile,
 * believing this one dead, stays theirs.
 */
export async function releaseLane(db: Database, lane: LeasedLane, node: number, notBefore: Date): Promise<void> {
  await db.workers.transaction().execute(async (tx) => {
    const { rows } = await sql`
      select 1 from lane where account_id = ${lane.account_id} and lane_id = ${lane.lane_id} and leased_by = ${node} for update`.execute(
      tx,
    )
    if (rows.length === 0) return
    await sql`
      update lane set leased_by = null, due_at = (
        select case when min(d.due_at) is null then null else greatest(min(d.due_at), ${notBefore}) end from (
          select due_at from delivery where account_id = ${lane.account_id} and lane_id = ${lane.lane_id} and state = 'queued'
          order by sequence limit 1) d)
      where account_id = ${lane.account_id} and lane_id = ${lane.lane_id}`.execute(tx)
  })
}
