import { createEmailChannel } from '@parley/channel-email'
import { createPushChannel, vapidKeysFrom } from '@parley/channel-push'
import type { Channel } from '@parley/channel-sdk'
import { createSipChannel } from '@parley/channel-sip'
import { createSmppChannel } from '@parley/channel-sms'
import { attachWeb } from '@parley/channel-web'
import { createWebhookChannel } from '@parley/channel-webhook'
import { createXmppChannel } from '@parley/channel-xmpp'
import { type RunningServer, startServer, webhookSecrets } from '@parley/server'
import { domains } from './cast.ts'

/** What our channels speak to. */
export interface Peers {
  readonly mailPort: number
  readonly sms: { readonly port: number; readonly systemId: string; readonly password: string }
  readonly sipPort: number
  readonly xmpp: { readonly port: number; readonly secret: string }
  readonly push: { readonly host: string; readonly ca: string }
}

export interface NodeOptions {
  readonly connectionString: string
  readonly secretHex: string
  readonly keys: string
  readonly httpPort: number
  readonly smtpPort: number
  readonly sipPort: number
  readonly peers: Peers
}

/** One of the processes that serve the same database: the real server, with the real channels for every medium. */
export function startNode(options: NodeOptions, fails: (what: string) => void): Promise<RunningServer> {
  const secret = Buffer.from(options.secretHex, 'hex')
  const generous = { visitor: 1e6, address: 1e6, network: 1e6, site: 1e6 }
  return startServer({
    connection: { connectionString: options.connectionString },
    channels: channelsOf(options, secret),
    attachWeb,
    folders: { widget: '/nonexistent', panel: '/nonexistent' },
    log: { info: () => {}, warn: () => {}, error: (facts, message) => fails(`${message} ${JSON.stringify(facts)}`) },
    settings: {
      host: '127.0.0.1',
      port: options.httpPort,
      publicUrl: null,
      trustProxy: [],
      mailDomain: domains.mail,
      secret,
      keyStore: { folder: options.keys, secrets: [secret] },
      shared: true,
      programHosts: ['127.0.0.1'],
      quotas: {
        messages: generous,
        conversations: generous,
        uploads: generous,
        codes: generous,
        links: generous,
        programs: generous,
      },
      windowPatienceMs: 3_600_000,
      limits: {
        bodyBytes: 65_536,
        attachmentBytes: 1_000_000,
        mailBytes: 5_000_000,
        connectionsPerAddress: 10_000,
        connections: 10_000,
        heldPerAccount: 1_000,
        heldDays: 30,
      },
    },
  })
}

function channelsOf({ smtpPort, sipPort, peers }: NodeOptions, secret: Buffer): Channel[] {
  const host = '127.0.0.1'
  return [
    createEmailChannel({
      relayDomain: domains.mail,
      publicName: 'Parley',
      smtpIn: { host, port: smtpPort, maxBytes: 5_000_000, maxConnections: 100, maxRecipients: 100 },
      smtpOut: { host, port: peers.mailPort, tls: 'never' },
      resolver: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
    }),
    createSmppChannel({
      smsc: { host, ...peers.sms, tls: null, systemType: '', isSingle: true },
      reconnecting: { firstMs: 100, longestMs: 500 },
    }),
    createXmppChannel({ host, ...peers.xmpp, domain: domains.xmpp, publicName: 'Parley' }),
    createSipChannel({
      domain: domains.sip,
      listen: { host, udp: null, tcp: sipPort, tls: null, ws: null, wss: null },
      proxy: `sip:${host}:${peers.sipPort};transport=tcp`,
      trustedPeers: [host],
    }),
    createPushChannel({
      subject: 'mailto:post@parley.test',
      keys: vapidKeysFrom(secret),
      hosts: [peers.push.host],
      ca: peers.push.ca,
    }),
    createWebhookChannel({ secretOf: webhookSecrets(secret), allow: [host] }),
  ]
}
