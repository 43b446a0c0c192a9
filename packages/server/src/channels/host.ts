import { alwaysGranted, type Channel, type ChannelHost } from '@parley/channel-sdk'
import { findRelay } from '../delivery/index.ts'
import { type ReceiveParts, receive } from './receive.ts'

/** What one channel may ask of the server. */
export function hostFor(
  channel: Channel,
  parts: ReceiveParts & { maxBytes: number } & Pick<ChannelHost, 'report' | 'log'>,
): ChannelHost {
  return {
    clock: parts.clock,
    log: parts.log,
    receive: (inbound) => receive(parts, channel.medium, inbound),
    report: parts.report,
    typing: () => undefined,
    presence: () => undefined,
    lease: alwaysGranted,
    httpUrl: `${parts.publicUrl}/channels/${channel.name}`,
    async mayReceive(address) {
      const relay = await findRelay(parts.db, address)
      if (!relay) return { accepts: false, because: 'unknown' }
      if (relay.state === 'retired') return { accepts: false, because: 'retired' }
      return { accepts: true, maxBytes: parts.maxBytes }
    },
  }
}
