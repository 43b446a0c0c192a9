import { randomBytes } from 'node:crypto'
import type { OutboundDelivery } from '@parley/channel-sdk'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { type PushedBrowser, startPushService } from '@parley/dev-env/push-service'
import { createPushChannel } from './push-channel.ts'
import { vapidKeysFrom } from './vapid-keys.ts'

/** The channel and a push service with one browser subscribed to it. */
export async function pushRig() {
  const service = await startPushService()
  const keys = vapidKeysFrom(randomBytes(32))
  const options = { subject: 'mailto:post@parley.example', keys, hosts: [service.host], ca: service.ca }
  const channel = createPushChannel(options)
  return {
    channel,
    service,
    keys,
    host: new RecordingHost(),
    browser: service.subscribe("Bo's telephone", keys.publicKey),
    dispose: () => service.stop(),
  }
}

export function aPush(
  to: PushedBrowser | string,
  changes: { reference?: string; text?: string; by?: string | null; url?: string } = {},
): OutboundDelivery {
  const { reference = 'r-1', text = 'Are you open on Sunday?', by = 'Blue Heron' } = changes
  return {
    reference,
    to: typeof to === 'string' ? to : JSON.stringify(to.subscription),
    relay: null,
    kind: 'notice',
    language: 'en',
    content: {
      blocks: [
        { kind: 'said', by, text, at: new Date('2026-11-22T10:00:00Z') },
        { kind: 'link', label: 'Open', url: changes.url ?? 'https://chat.example/desk/conversations/1' },
      ],
    },
    attachments: [],
    thread: { subject: 'Garden shop', references: [] },
    maybeTwice: false,
  }
}
