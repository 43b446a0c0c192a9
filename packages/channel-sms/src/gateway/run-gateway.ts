import type { ChannelHost, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import { ChannelHealth } from '../channel-health.ts'
import { RecentIds } from '../receipts/recent-ids.ts'
import { type ReceiptTeller, tellReceipts } from '../receipts/tell-receipts.ts'
import { keepProbing, type Probing } from './keep-probing.ts'

/** What a channel to an HTTP gateway holds while it runs. */
export interface RunningGateway {
  host: ChannelHost
  health: ChannelHealth
  receipts: ReceiptTeller
  probing: Probing
  underWay: Set<Promise<Outcome>>
  /** What a call showed: null that all is well. */
  judge(trouble: string | null): void
}

export function runGateway(
  host: ChannelHost,
  /** Null when it answers as it should, else what is wrong. */
  probe: () => Promise<string | null>,
  waits: { firstMs: number; longestMs: number } | undefined,
): RunningGateway {
  const health = new ChannelHealth(host.clock)
  const show = (trouble: string | null) => (trouble === null ? health.up() : health.trouble('down', trouble))
  const probing = keepProbing(async () => {
    const trouble = await probe()
    show(trouble)
    return trouble === null
  }, waits)
  return {
    host,
    health,
    receipts: tellReceipts(host, new RecentIds()),
    probing,
    underWay: new Set(),
    judge(trouble) {
      show(trouble)
      if (trouble !== null) probing.soon()
    },
  }
}

export async function sendThrough(
  running: RunningGateway | null,
  delivery: OutboundDelivery,
  send: (delivery: OutboundDelivery, running: RunningGateway) => Promise<Outcome>,
): Promise<Outcome> {
  if (!running) return { status: 'retry', reason: 'the channel is not running' }
  const sending = send(delivery, running)
  running.underWay.add(sending)
  try {
    return await sending
  } finally {
    running.underWay.delete(sending)
  }
}

export async function stopGateway({ probing, receipts, underWay }: RunningGateway): Promise<void> {
  probing.stop()
  receipts.stop()
  let patience: NodeJS.Timeout | undefined
  await Promise.race([Promise.allSettled(underWay), new Promise((resolve) => (patience = setTimeout(resolve, 9_000)))])
  clearTimeout(patience)
}
