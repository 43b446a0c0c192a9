import type { DeliveryReport } from '@parley/channel-sdk'
import type { Clock } from '@parley/model'
import { afterReceipt } from '@parley/rules'
import type { Database } from '../db/index.ts'
import { lockConversation, moveToNextAddress } from './next-address.ts'
import type { DeliveryRow } from './record-attempt.ts'

/**
 * What became of a delivery after it was handed over. The reference is 128 random bits that only its reader ever got, so whoever brings
 * it back has had the delivery; an unknown one changes nothing. A bounce moves what it can to the person's next address.
 */
export async function takeReport(
  parts: { db: Database; clock: Clock; onChange?: (row: DeliveryRow, state: string) => void },
  report: DeliveryReport,
): Promise<'taken' | 'unknown' | 'nothing-new'> {
  if (!('reference' in report.of)) return 'unknown'
  const { reference } = report.of
  const now = parts.clock.now()
  const changed = await parts.db.workers.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('delivery')
      .select(['account_id', 'conversation_id'])
      .where('reference', '=', reference)
      .executeTakeFirst()
    if (!found) return 'unknown'
    if (report.state === 'failed') await lockConversation(tx, found)
    const row = await tx
      .selectFrom('delivery')
      .selectAll()
      .where('reference', '=', reference)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return 'unknown'
    const verdict = afterReceipt(row.state, row.attempts, report.state === 'failed' ? 'bounced' : report.state)
    if (!verdict.applies || verdict.state === 'held-back') return 'nothing-new'
    const reason = report.state === 'failed' ? (report.reason ?? 'bounced') : null
    await tx
      .updateTable('delivery')
      .set({ state: verdict.state, reason, updated_at: now })
      .where('account_id', '=', row.account_id)
      .where('delivery_id', '=', row.delivery_id)
      .execute()
    if (report.state === 'failed') {
      await moveToNextAddress(tx, row, report.scope === 'message' ? 'delivery' : 'lane', reason ?? 'bounced', now)
    }
    return { row, state: verdict.state }
  })
  if (typeof changed === 'string') return changed
  parts.onChange?.(changed.row, changed.state)
  return 'taken'
}
