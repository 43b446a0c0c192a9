import { createXmppChannel } from '@parley/channel-xmpp'
import type { Config } from '@parley/server'

/** The gateway to XMPP as the configuration says; null when no component is named: then there is no XMPP at all. */
export function xmppChannel({ xmpp }: Config, publicName: string): ReturnType<typeof createXmppChannel> | null {
  if (!xmpp) return null
  const { fileHosts, ...server } = xmpp
  return createXmppChannel({ ...server, publicName, files: { hosts: [...fileHosts] } })
}
