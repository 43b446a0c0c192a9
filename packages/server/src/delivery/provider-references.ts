import type { DeliveryReport } from '@parley/channel-sdk'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import type { DeliveryRow } from './record-attempt.ts'

/** No peer names more parts (255 is what a concatenated SMS can have), and no id of theirs is longer. */
const mostParts = 255
const longestId = 255

type PartState = 'sent' | 'delivered' | 'read' | 'failed'

/** What the peer calls the parts of what it just took; those of an attempt before are forgotten, as it has been answered by this one. */
export async function keepProviderIds(
  tx: Writer,
  row: Pick<DeliveryRow, 'account_id' | 'delivery_id'>,
  channel: string,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  const parts = [...new Set(ids)].slice(0, mostParts).filter((id) => id !== '' && id.length <= longestId)
  if (parts.length === 0) return
  await tx
    .deleteFrom('provider_reference')
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .execute()
  await tx
    .insertInto('provider_reference')
    .values(
      parts.map((provider_id, part) => ({
        account_id: row.account_id,
        channel,
        provider_id,
        delivery_id: row.delivery_id,
        part,
        state: 'sent' as const,
        created_at: now,
      })),
    )
    .execute()
}

/** Peers use their ids again after a while: the newest counts. Which notation they are in is for the channel to know. */
export function findByProviderId(
  db: Reader,
  channel: string,
  providerId: string,
): Promise<Pick<DeliveryRow, 'account_id' | 'delivery_id' | 'conversation_id'> | undefined> {
  return db
    .selectFrom('provider_reference as p')
    .innerJoin('delivery as d', (join) =>
      join.onRef('d.account_id', '=', 'p.account_id').onRef('d.delivery_id', '=', 'p.delivery_id'),
    )
    .select(['d.account_id', 'd.delivery_id', 'd.conversation_id'])
    .where('p.channel', '=', channel)
    .where('p.provider_id', '=', providerId)
    .orderBy('p.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * One part has arrived, was read, or failed: what that makes of the whole, under the delivery's lock. Null while parts are still on their
 * way. A part only moves forward, so that receipts may come in any order and twice.
 */
export async function takePart(
  tx: Writer,
  row: Pick<DeliveryRow, 'account_id' | 'delivery_id'>,
  part: { channel: string; providerId: string; state: DeliveryReport['state'] },
): Promise<{ whole: DeliveryReport['state'] | null; isNew: boolean }> {
  const { rows } = await sql<{ state: PartState; is_it: boolean }>`
    select state, channel = ${part.channel} and provider_id = ${part.providerId} as is_it from provider_reference
    where account_id = ${row.account_id} and delivery_id = ${row.delivery_id} order by part for update`.execute(tx)
  const before = rows.find(({ is_it }) => is_it)?.state
  if (before === undefined || !movesOn(before, part.state)) return { whole: null, isNew: false }
  await tx
    .updateTable('provider_reference')
    .set({ state: part.state })
    .where('account_id', '=', row.account_id)
    .where('delivery_id', '=', row.delivery_id)
    .where('channel', '=', part.channel)
    .where('provider_id', '=', part.providerId)
    .execute()
  return { whole: wholeOf(rows.map(({ state, is_it }) => (is_it ? part.state : state))), isNew: true }
}

/** Proof that it arrived beats a failure that was only concluded from silence. */
function movesOn(before: PartState, after: DeliveryReport['state']): boolean {
  const order: readonly PartState[] = ['sent', 'failed', 'delivered', 'read']
  return order.indexOf(after) > order.indexOf(before)
}

function wholeOf(parts: readonly PartState[]): DeliveryReport['state'] | null {
  if (parts.includes('failed')) return 'failed'
  if (parts.includes('sent')) return null
  return parts.every((state) => state === 'read') ? 'read' : 'delivered'
}

/** Nobody reports any more on what was sent so long ago. */
export async function forgetProviderIds(db: Reader, before: Date, most: number): Promise<number> {
  const gone = await sql`
    delete from provider_reference where (account_id, delivery_id, channel, provider_id) in (
      select account_id, delivery_id, channel, provider_id from provider_reference
      where created_at < ${before} order by created_at limit ${most})`.execute(db)
  return Number(gone.numAffectedRows ?? 0)
}
