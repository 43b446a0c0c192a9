import type { AccountId, PersonId } from '@parley/model'
import type { ProgramEvent, ProgramPage } from '@parley/protocol'
import { sql } from 'kysely'
import { type Database, readCursor } from '../db/index.ts'
import { isMasked } from '../faces/index.ts'
import { actorsOf } from './outside-people.ts'

interface Row extends Omit<ProgramEvent, 'at'> {
  at: Date
}

/**
 * What happened where a program takes part, oldest first: of its own conversations who came and how they ended, elsewhere only its own
 * places. `next` is always there, so that a program may go on asking from it: what is being written beside something older is left for later,
 * since the older would come behind it.
 */
export async function listProgramEvents(
  db: Pick<Database, 'read' | 'workers'>,
  {
    account,
    program,
    after,
    limit,
  }: { account: AccountId; program: PersonId; after: string | undefined; limit: number },
): Promise<ProgramPage<ProgramEvent> | null> {
  const from = readCursor(after)
  if (from === null || (from !== undefined && !/^[0-9a-f-]{36}$/.test(from))) return null
  const settled = await settledUntil(db.workers)
  const { rows } = await db.read(account, (reader) =>
    sql<Row>`
    select e.event_id as id, e.kind, o.key as as, e.conversation_id as conversation, e.interaction_id as interaction, e.at
    from (select distinct conversation_id, person_id from span where account_id = ${account} and person_id = any(${actorsOf({ account, program })})) s
    join conversation c on c.account_id = ${account} and c.conversation_id = s.conversation_id
    join event e on e.account_id = c.account_id and e.conversation_id = c.conversation_id
    left join outside_person o on o.account_id = c.account_id and o.person_id = s.person_id
    where ((c.visitor_id = s.person_id and e.kind in ('conversation-opened', 'conversation-closed', 'admitted', 'hunt-nobody'))
        or (e.person_id = s.person_id and e.kind = 'admitted'))
      -- Who else comes behind a face, and who comes back to it, is seen by nobody outside it.
      and not (e.kind = 'admitted' and e.person_id <> s.person_id and exists (select from participant w
        where w.account_id = e.account_id and w.interaction_id = e.interaction_id and w.person_id = e.person_id
          and ${isMasked('w', sql`s.person_id`)}
          and exists (select from event b where b.account_id = e.account_id and b.conversation_id = e.conversation_id
            and b.interaction_id = e.interaction_id and b.kind = 'admitted' and b.event_id < e.event_id)))
      and ${from === undefined ? sql`true` : sql`e.event_id > ${from}::uuid`}
      and age(e.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid) and e.event_id < ${firstIdAt(settled)}::uuid
    order by e.event_id limit ${limit}`.execute(reader),
  )
  const last = rows.at(-1)?.id ?? from
  return {
    items: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    next: last === undefined ? null : Buffer.from(last).toString('base64url'),
  }
}

/** Since when what is being written at this moment has been under way: it has its ids from then on, in whatever order it is committed. */
async function settledUntil(workers: Database['workers']): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select coalesce(min(xact_start), now()) as at from pg_stat_activity
    where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()`.execute(workers)
  return rows[0]?.at ?? new Date(0)
}

/** Before every id that was made in this millisecond. */
function firstIdAt(at: Date): string {
  const ms = at.getTime().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`
}
