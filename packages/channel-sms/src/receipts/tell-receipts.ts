import type { ChannelHost, DeliveryReport } from '@parley/channel-sdk'
import { idsToTry } from './ids-to-try.ts'
import type { ReceiptReading } from './read-receipt.ts'
import type { RecentIds } from './recent-ids.ts'

export interface ReceiptTeller {
  /** Resolves when the peer may be told that its receipt was taken. Rejects when the server cannot store now. */
  take(receipt: ReceiptReading): Promise<void>
  stop(): void
}

// A receipt may overtake the answer to its own submission; what nobody knows after a minute is somebody else's.
const waitsMs = [1_000, 3_000, 6_000, 10_000, 15_000, 25_000]
const mostKept = 5_000

/** Brings receipts to the deliveries they are about. */
export function tellReceipts(host: Pick<ChannelHost, 'report' | 'log'>, recent: RecentIds): ReceiptTeller {
  const kept = new Set<NodeJS.Timeout>()

  const tell = async (receipt: ReceiptReading): Promise<boolean> => {
    if (receipt.state === null) return true
    const ids = recent.choose(receipt.ids.flatMap(idsToTry), receipt.phone)
    for (const providerId of ids) {
      const report: DeliveryReport = {
        of: { providerId },
        state: receipt.state,
        ...(receipt.state === 'failed' ? { scope: receipt.scope, reason: receipt.stat } : {}),
      }
      if ((await host.report(report)) !== 'unknown') return true
    }
    return false
  }

  const tellLater = (receipt: ReceiptReading, attempt: number) => {
    const waitMs = waitsMs[attempt]
    if (waitMs === undefined || kept.size >= mostKept) {
      host.log.info('sms-receipt-of-nothing-known')
      return
    }
    const timer = setTimeout(() => {
      kept.delete(timer)
      tell(receipt).then(
        (isKnown) => isKnown || tellLater(receipt, attempt + 1),
        () => tellLater(receipt, attempt + 1),
      )
    }, waitMs)
    timer.unref()
    kept.add(timer)
  }

  return {
    async take(receipt) {
      if (!(await tell(receipt))) tellLater(receipt, 0)
    },
    stop() {
      for (const timer of kept) clearTimeout(timer)
      kept.clear()
    },
  }
}
