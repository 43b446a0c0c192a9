import { createEmailChannel } from '@parley/channel-email'
import { attachWeb } from '@parley/channel-web'
import { type RunningServer, startServer } from '@parley/server'

export interface NodeOptions {
  readonly connectionString: string
  readonly secretHex: string
  readonly keys: string
  readonly httpPort: number
  readonly smtpPort: number
  readonly farPort: number
}

/** One of the processes that serve the same database: the real server, with the real channels for windows and for mail. */
export function startNode(options: NodeOptions): Promise<RunningServer> {
  const email = createEmailChannel({
    relayDomain: 'relay.test',
    publicName: 'Parley',
    smtpIn: { host: '127.0.0.1', port: options.smtpPort, maxBytes: 5_000_000, maxConnections: 100, maxRecipients: 100 },
    smtpOut: { host: '127.0.0.1', port: options.farPort, tls: 'never' },
    resolver: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
  })
  const secret = Buffer.from(options.secretHex, 'hex')
  const generous = { visitor: 1e6, address: 1e6, network: 1e6, site: 1e6 }
  const complain = (facts: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(facts)}\n`)
  return startServer({
    connection: { connectionString: options.connectionString },
    channels: [email],
    attachWeb,
    folders: { widget: '/nonexistent', panel: '/nonexistent' },
    log: { info: () => {}, warn: complain, error: complain },
    settings: {
      host: '127.0.0.1',
      port: options.httpPort,
      publicUrl: null,
      trustProxy: [],
      mailDomain: 'relay.test',
      secret,
      keyStore: { folder: options.keys, secrets: [secret] },
      shared: true,
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
