import { createEmailChannel } from '@parley/channel-email'
import type { Channel } from '@parley/channel-sdk'
import { createSipChannel } from '@parley/channel-sip'
import { createSmppChannel } from '@parley/channel-sms'
import { createXmppChannel } from '@parley/channel-xmpp'
import { type CarrierGiven, domain } from './medium.ts'

/** The channel of a medium as it is configured, at the peer of the measurement; `port` once it is started. */
export function channelFor({ medium, peer }: CarrierGiven): { channel: Channel; port: () => number | null } {
  const host = '127.0.0.1'
  const { port, user, password } = peer
  switch (medium) {
    case 'email': {
      const channel = createEmailChannel({
        relayDomain: domain,
        publicName: 'Parley',
        smtpIn: { host, port: 0, maxBytes: 1e7, maxConnections: 100, maxRecipients: 100 },
        smtpOut: { host, port, tls: 'never' },
        // What people sign is looked up; here nobody has a key.
        resolver: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
      })
      return { channel, port: () => channel.smtpPort ?? null }
    }
    case 'sms': {
      const smsc = { host, port, tls: null, systemId: user, password, systemType: '', isSingle: true }
      return { channel: createSmppChannel({ smsc }), port: () => null }
    }
    case 'xmpp':
      return {
        channel: createXmppChannel({ host, port, domain, secret: password, publicName: 'Parley' }),
        port: () => null,
      }
    case 'sip': {
      const channel = createSipChannel({
        domain,
        listen: { host, udp: null, tcp: 0, tls: null, ws: null, wss: null },
        proxy: `sip:${host}:${port};transport=tcp`,
        trustedPeers: [host],
      })
      return { channel, port: () => channel.ports.TCP ?? null }
    }
  }
}
