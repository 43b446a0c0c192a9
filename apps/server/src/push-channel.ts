import { createPushChannel, vapidKeysFrom } from '@parley/channel-push'
import type { Channel } from '@parley/channel-sdk'
import type { Config } from '@parley/server'

/** The gateway to browsers' push services as the configuration says; null when it is switched off. */
export function pushChannel({ push, mail }: Config, secret: Uint8Array): Channel | null {
  if (!push.on) return null
  return createPushChannel({
    subject: push.subject ?? `mailto:postmaster@${mail.domain}`,
    keys: vapidKeysFrom(secret),
    hosts: [...push.hosts],
  })
}
