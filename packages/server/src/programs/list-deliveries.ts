import type { AccountId, PersonId } from '@parley/model'
import type { ProgramDelivery, ProgramPage } from '@parley/protocol'
import { sql } from 'kysely'
import { cutPage, type Reader, readCursor, type Writer } from '../db/index.ts'
import { type Resent, resend } from '../delivery/index.ts'
import { actorsOf } from './outside-people.ts'

interface Row extends Omit<ProgramDelivery, 'createdAt' | 'attempts'> {
  sequence: number
  created_at: Date
  attempts: { at: string; outcome: string | null; reason: string | null }[] | null
}

interface Of {
  readonly account: AccountId
  readonly program: PersonId
}

/** What went or goes to a program's endpoint, newest first: where it stands and what was tried, nothing of what it says. */
export async function listProgramDeliveries(
  reader: Reader,
  of: Of,
  { after, limit, id }: { after?: string | undefined; limit: number; id?: string },
): Promise<ProgramPage<ProgramDelivery> | null> {
  const from = readCursor(after)
  if (from === null || (from !== undefined && !/^\d{1,15}$/.test(from))) return null
  const { rows } = await sql<Row>`
    select d.reference as id, d.kind, o.key as as, d.conversation_id as conversation, d.interaction_id as interaction,
      d.message_id as message, d.offer_id as offer, d.state, d.reason, d.created_at, d.sequence,
      (select json_agg(json_build_object('at', t.started_at, 'outcome', t.outcome, 'reason', t.reason) order by t.number)
        from attempt t where t.account_id = d.account_id and t.delivery_id = d.delivery_id) as attempts
    from delivery d left join outside_person o on o.account_id = d.account_id and o.person_id = d.person_id
    where d.account_id = ${of.account} and d.medium = 'api' and ${isIts(of)}
      and ${from === undefined ? sql`true` : sql`d.sequence < ${Number(from)}`}
      and ${id === undefined ? sql`true` : sql`d.reference = ${id}`}
    order by d.sequence desc limit ${limit + 1}`.execute(reader)
  const page = cutPage(rows, limit, ({ sequence }) => String(sequence))
  return { items: page.items.map(show), next: page.next }
}

/** Sends one again, under the same id and marked, whatever became of it; only what is on its way now is left alone. */
export async function resendToProgram(tx: Writer, of: Of, id: string, now: Date): Promise<Resent> {
  const row = await tx
    .selectFrom('delivery as d')
    .select(['d.delivery_id', 'd.person_id'])
    .where('d.account_id', '=', of.account)
    .where('d.reference', '=', id)
    .where('d.medium', '=', 'api')
    .where(isIts(of))
    .executeTakeFirst()
  if (!row) return { ok: false, because: 'not-there' }
  const wanted = { account: of.account, person: row.person_id, delivery: row.delivery_id }
  return resend(tx, wanted, now, { evenIfSent: true })
}

const isIts = (of: Of) => sql<boolean>`d.person_id = any(${actorsOf(of)})`

function show({ sequence: _, created_at, attempts, ...row }: Row): ProgramDelivery {
  return {
    ...row,
    createdAt: created_at.toISOString(),
    attempts: (attempts ?? []).map(({ at, outcome, reason }) => ({
      at: new Date(at).toISOString(),
      outcome: outcome ?? 'under-way',
      reason,
    })),
  }
}
