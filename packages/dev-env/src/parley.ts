import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEmailChannel, type EmailChannel } from '@parley/channel-email'
import type { Channel } from '@parley/channel-sdk'
import { attachWeb } from '@parley/channel-web'
import type { Clock } from '@parley/model'
import {
  type CreatedAccount,
  createAccount,
  type NewAccount,
  type RunningServer,
  type ServerSettings,
  startServer,
} from '@parley/server'
import type { MailNetwork } from './mail-network.ts'
import { type FreshDatabase, freshDatabase } from './postgres.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')

export type ParleyOptions = {
  /** People, sites and topics. */
  account: NewAccount
  /** The outside world's mail; without it Parley has no mail at all. */
  mail?: MailNetwork
  relayDomain?: string
  /** Gateways of the test's own, beside mail. */
  channels?: readonly Channel[]
  clock?: Clock
  port?: number
  settings?: Partial<Omit<ServerSettings, 'limits'>> & { limits?: Partial<ServerSettings['limits']> }
  /** A database of one's own; else a fresh one, dropped at the end. */
  database?: FreshDatabase
  /** Started again on a database that has its account. */
  existing?: CreatedAccount
  secret?: Buffer
  /** A folder of data keys that outlives this server; else one of its own, removed at the end. */
  keys?: string
  outboxPoint?: Parameters<typeof startServer>[0]['outboxPoint']
}

export type Parley = {
  server: RunningServer
  email: EmailChannel | null
  account: CreatedAccount
  database: FreshDatabase
  url: string
  /** What the server logged as a warning or an error: a play ends with none that it did not expect. */
  complaints: string[]
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** No quota gets into the way of a test that is not about quotas. */
const generous = { visitor: 1_000_000, address: 1_000_000, network: 1_000_000, site: 1_000_000 }

/** The real server with its real channels on loopback, with an account and people of the test's own. */
export async function startParley(options: ParleyOptions): Promise<Parley> {
  const { mail, relayDomain = 'relay.test' } = options
  const database = options.database ?? (await freshDatabase())
  const complaints: string[] = []
  const secret = options.secret ?? randomBytes(32)
  const keys = options.keys ?? mkdtempSync(path.join(tmpdir(), 'parley-keys-'))
  const email = mail
    ? createEmailChannel({
        relayDomain,
        publicName: 'Parley',
        smtpIn: { host: '127.0.0.1', port: 0, maxBytes: 60_000_000, maxConnections: 100, maxRecipients: 100 },
        smtpOut: { host: mail.postfix.host, port: mail.postfix.port, tls: 'never', maxBytes: 60_000_000 },
        resolver: mail.zone.resolve,
      })
    : null
  const complain = (facts: object, message: string) => void complaints.push(`${message} ${JSON.stringify(facts)}`)
  const server = await startServer({
    connection: { connectionString: database.connectionString },
    channels: [...(email ? [email] : []), ...(options.channels ?? [])],
    attachWeb,
    folders: { widget: path.join(root, 'apps/widget/dist'), panel: path.join(root, 'apps/panel/dist') },
    log: { info: () => {}, warn: complain, error: complain },
    settings: {
      host: '127.0.0.1',
      port: options.port ?? 0,
      publicUrl: null,
      trustProxy: [],
      mailDomain: relayDomain,
      secret,
      quotas: {
        messages: generous,
        conversations: generous,
        uploads: generous,
        codes: generous,
        links: generous,
        programs: generous,
      },
      windowPatienceMs: 1_500,
      keyStore: { folder: keys, secrets: [secret] },
      shared: false,
      ...options.settings,
      limits: {
        bodyBytes: 65_536,
        attachmentBytes: 26_214_400,
        mailBytes: 60_000_000,
        connectionsPerAddress: 20_000,
        connections: 20_000,
        heldPerAccount: 1_000,
        heldDays: 30,
        ...options.settings?.limits,
      },
    },
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.outboxPoint ? { outboxPoint: options.outboxPoint } : {}),
  })
  if (email?.smtpPort) await mail?.postfix.routeTo({ [relayDomain]: { host: '127.0.0.1', port: email.smtpPort } })
  const account = options.existing ?? (await createAccount(server.db, options.account, new Date()))
  const stop = async () => {
    await server.stop()
    if (!options.keys) rmSync(keys, { recursive: true, force: true })
    if (!options.database) await database.drop()
  }
  return { server, email, account, database, url: server.url, complaints, stop, [Symbol.asyncDispose]: stop }
}
