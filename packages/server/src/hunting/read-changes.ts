import type { AccountId, PersonId } from '@parley/model'
import type { Criteria } from '@parley/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'

/** Somebody as they are now; whoever is not active is not to be found. */
export interface PersonNow {
  readonly person: PersonId
  readonly isActive: boolean
  readonly teams: readonly string[]
  readonly criteria: Criteria
}

/**
 * How far somebody has read the log of changes. Numbers of transactions rise, but transactions do not end in their order: a row may appear
 * behind others that were read long before. So what was read is bounded by the oldest transaction that was still under way (`horizon`):
 * everything below it has ended and was read. Above it the rows that were read are remembered one by one, until it has passed them.
 */
export interface ReadSoFar {
  /**
   * When the server was started. After that numbers may mean something else: it may be a copy, an older state, or one that took over before it
   * had heard the last.
   */
  readonly server: string
  readonly horizon: bigint
  /** Rows above the horizon that were read, by their sequence. */
  readonly late: ReadonlyMap<number, { readonly writtenBy: bigint; readonly person: PersonId }>
  /** Those whom the reading transaction itself had changed. It may still be undone, and then no row tells. */
  readonly unsettled: readonly PersonId[]
}

export type Changes =
  | {
      readonly kind: 'changes'
      readonly people: readonly PersonNow[]
      readonly readSoFar: ReadSoFar
      readonly isAll: boolean
    }
  /** What was missed is no longer in the log. */
  | { readonly kind: 'too-late' }

/** Where reading begins for somebody who is about to read everything: what changes from this moment on is above it. */
export async function beginReading(db: Reader | Writer): Promise<ReadSoFar> {
  const { rows } = await sql<{ server: string; horizon: string }>`
    select pg_postmaster_start_time()::text as server, pg_snapshot_xmin(pg_current_snapshot())::text as horizon`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw new Error('a snapshot without a row')
  return { server: row.server, horizon: BigInt(row.horizon), late: new Map(), unsettled: [] }
}

interface Row {
  server: string
  horizon: string
  newest: string
  floor: string | null
  /** The number of the reading transaction, once it has written something. */
  own: string | null
  rows: { sequence: number; writtenBy: string; person: PersonId }[]
  people: PersonNow[]
}

/** Whoever changed since, as this one statement sees them: at most so many rows of the log at a time. */
export async function readChanges(
  db: Reader | Writer,
  account: AccountId,
  from: ReadSoFar,
  most: number,
): Promise<Changes> {
  const { rows } = await sql<Row>`
    with moment as materialized (select pg_current_snapshot() as taken, pg_current_xact_id_if_assigned() as own),
    fresh as materialized (
      select l.sequence, l.person_id, l.written_by from criteria_log l, moment
      where l.account_id = ${account} and l.written_by >= ${String(from.horizon)}::xid8
        -- A copy of another server's database may hold numbers that have not come here yet.
        and (l.written_by < pg_snapshot_xmax(taken) or l.written_by = own)
        and l.sequence <> all(${[...from.late.keys()]}::bigint[])
      order by l.sequence limit ${most}
    ), changed as (select person_id from fresh union select unnest(${from.unsettled}::uuid[]))
    select pg_postmaster_start_time()::text as server, pg_snapshot_xmin(taken)::text as horizon, pg_snapshot_xmax(taken)::text as newest, own::text as own,
      (select written_by::text from criteria_log_floor where account_id = ${account}) as floor,
      (select coalesce(json_agg(json_build_object(
          'sequence', sequence, 'writtenBy', written_by::text, 'person', person_id)), '[]') from fresh) as rows,
      (select coalesce(json_agg(json_build_object('person', n.person_id, 'isActive', coalesce(r.state = 'active', false),
          'teams', ${teamsOf}, 'criteria', coalesce(c.wants, '{}'))), '[]')
        from changed n
        left join responder r on r.account_id = ${account} and r.person_id = n.person_id
        left join criteria c on c.account_id = r.account_id and c.person_id = r.person_id) as people
    from moment`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('a snapshot without a row')
  return understand(row, from, most)
}

/** Those who are active after somebody, in the order of their ids. */
export async function readActive(
  db: Reader | Writer,
  account: AccountId,
  after: PersonId | null,
  most: number,
): Promise<PersonNow[]> {
  const { rows } = await sql<PersonNow>`
    select r.person_id as person, true as "isActive", ${teamsOf} as teams, coalesce(c.wants, '{}') as criteria
    from responder r
    left join criteria c on c.account_id = r.account_id and c.person_id = r.person_id
    where r.account_id = ${account} and r.state = 'active' and (${after}::uuid is null or r.person_id > ${after})
    order by r.person_id limit ${most}`.execute(db)
  return rows
}

const teamsOf: RawBuilder<string[]> = sql`array(select m.team_id::text from team_member m
  where m.account_id = r.account_id and m.person_id = r.person_id)`

function understand(row: Row, from: ReadSoFar, most: number): Changes {
  const [horizon, newest] = [BigInt(row.horizon), BigInt(row.newest)]
  // A floor above all numbers here is of another server's life.
  const floor = row.floor === null ? -1n : BigInt(row.floor)
  if (row.server !== from.server || (floor < newest && floor >= from.horizon)) return { kind: 'too-late' }
  const late = new Map(from.late)
  for (const { sequence, writtenBy, person } of row.rows) late.set(sequence, { writtenBy: BigInt(writtenBy), person })
  const own = row.own === null ? null : BigInt(row.own)
  const ownPeople = [...late.values()].filter(({ writtenBy }) => writtenBy === own).map(({ person }) => person)
  if (row.rows.length === most) {
    const unsettled = [...new Set([...from.unsettled, ...ownPeople])]
    return { kind: 'changes', people: row.people, isAll: false, readSoFar: { ...from, late, unsettled } }
  }
  for (const [sequence, { writtenBy }] of late) if (writtenBy < horizon || writtenBy === own) late.delete(sequence)
  return {
    kind: 'changes',
    people: row.people,
    isAll: true,
    readSoFar: { server: from.server, horizon, late, unsettled: [...new Set(ownPeople)] },
  }
}
