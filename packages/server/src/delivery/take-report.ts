import type { DeliveryReport } from '@parley/channel-sdk'
import type { Clock } from '@parley/model'
import { afterReceipt } from '@parley/rules'
import type { Database, Reader, Writer } from '../db/index.ts'
import { lockConversation, moveToNextAddress } from './next-address.ts'
import { findByProviderId, takePart } from './provider-references.ts'
import type { DeliveryRow } from './record-attempt.ts'

export interface ReportParts {
  readonly db: Database
  readonly clock: Clock
  /** Which channel brings it: the peers of two may use the same ids. */
  readonly channel: string
  readonly onChange?: (row: DeliveryRow, state: string) => void
}

/**
 * What became of a delivery after it was handed over. A reference is 128 random bits that only its reader ever got, so whoever brings
 * it back has had the delivery; the peer's own ids were kept when it took the parts. An unknown one changes nothing. A failure moves what it
 * can to the person's next address; and what nobody knew of is settled by whatever is reported.
 */
export async function takeReport(
  parts: ReportParts,
  report: DeliveryReport,
): Promise<'taken' | 'unknown' | 'nothing-new'> {
  const now = parts.clock.now()
  const changed = await parts.db.workers.transaction().execute(async (tx) => {
    const found = await find(tx, parts.channel, report.of)
    if (!found) return 'unknown'
    if (report.state === 'failed') await lockConversation(tx, found)
    const row = await tx
      .selectFrom('delivery')
      .selectAll()
      .where('account_id', '=', found.account_id)
      .where('delivery_id', '=', found.delivery_id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return 'unknown'
    const state = await stateOfWhole(tx, row, parts.channel, report)
    if (state === 'on-its-way') return 'taken'
    if (state === 'nothing-new') return 'nothing-new'
    const verdict = afterReceipt(row.state, row.attempts, state === 'failed' ? 'bounced' : state)
    if (!verdict.applies || verdict.state === 'held-back') return 'nothing-new'
    const reason = state === 'failed' ? (report.reason ?? 'bounced') : null
    await tx
      .updateTable('delivery')
      .set({ state: verdict.state, reason, updated_at: now })
      .where('account_id', '=', row.account_id)
      .where('delivery_id', '=', row.delivery_id)
      .execute()
    if (state === 'failed') {
      await moveToNextAddress(tx, row, report.scope === 'message' ? 'delivery' : 'lane', reason ?? 'bounced', now)
    }
    return { row, state: verdict.state }
  })
  if (typeof changed === 'string') return changed
  parts.onChange?.(changed.row, changed.state)
  return 'taken'
}

async function find(db: Reader, channel: string, of: DeliveryReport['of']) {
  if ('providerId' in of) return findByProviderId(db, channel, of.providerId)
  return db
    .selectFrom('delivery')
    .select(['account_id', 'delivery_id', 'conversation_id'])
    .where('reference', '=', of.reference)
    .executeTakeFirst()
}

async function stateOfWhole(
  tx: Writer,
  row: DeliveryRow,
  channel: string,
  { of, state }: DeliveryReport,
): Promise<DeliveryReport['state'] | 'on-its-way' | 'nothing-new'> {
  if (!('providerId' in of)) return state
  const taken = await takePart(tx, row, { channel, providerId: of.providerId, state })
  if (!taken.isNew) return 'nothing-new'
  // That another part failed was taken when it was reported.
  if (taken.whole === null || (taken.whole === 'failed' && state !== 'failed')) return 'on-its-way'
  return taken.whole
}
