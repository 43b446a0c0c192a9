import type { ChannelResponse } from '@parley/channel-sdk'
import { statuses } from '../pdu/codes.ts'

/** What an HTTP gateway is told: taken, later, or never. Without a body: Kannel would send it back to the phone. */
export function responseFor(status: number): ChannelResponse {
  if (status === statuses.ok) return { status: 200 }
  if (status === statuses.temporary) return { status: 503, headers: { 'retry-after': '10' } }
  return { status: 422 }
}
