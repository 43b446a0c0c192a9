import type { Channel, ChannelHost } from '@parley/channel-sdk'
import { findOwnAddress, findRelay } from '../delivery/index.ts'
import { type ReceiveParts, receive } from './receive.ts'

/** What one channel may ask of the server. */
export function hostFor(
  channel: Channel,
  parts: ReceiveParts & { maxBytes: number } & Pick<ChannelHost, 'report' | 'log' | 'lease' | 'typing' | 'presence'>,
): ChannelHost {
  return {
    clock: parts.clock,
    log: parts.log,
    receive: (inbound) => receive(parts, channel, inbound),
    report: parts.report,
    typing: parts.typing,
    presence: parts.presence,
    lease: parts.lease,
    httpUrl: `${parts.publicUrl}/channels/${channel.name}`,
    async mayReceive(address) {
      const relay = await findRelay(parts.db, address)
      if (relay?.state === 'retired') return { accepts: false, because: 'retired' }
      if (!relay && !(await findOwnAddress(parts.db, channel.medium, address))) {
        return { accepts: false, because: 'unknown' }
      }
      return { accepts: true, maxBytes: parts.maxBytes }
    },
  }
}
