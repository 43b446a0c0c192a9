import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Channel, Health } from '@parley/channel-sdk'
import type { Clock } from '@parley/model'
import type pg from 'pg'
import type { VirusScanner } from './attachments/index.ts'
import type { Database } from './db/index.ts'
import type { Outbox, OutboxPoint } from './delivery/index.ts'
import type { PageFolders, QuotaName } from './http/index.ts'
import type { Quota } from './quotas/index.ts'
import type { Hub, openSession, ShortTokens } from './realtime/index.ts'
import type { Road } from './road/index.ts'
import type { SignIn } from './sign-in/index.ts'

/** The web channel, as far as the server knows it: apps/server brings it. */
export type AttachWeb = (
  server: Server,
  host: {
    open(
      hello: Parameters<typeof openSession>[1],
      wire: Parameters<typeof openSession>[2],
      about: { ip: string },
    ): ReturnType<typeof openSession>
  },
  options: {
    isAllowedOrigin(origin: string): boolean
    clientIp(request: IncomingMessage): string
    limits?: { maxConnectionsPerIp?: number }
  },
) => { handlePoll(request: IncomingMessage, response: ServerResponse): void; stop(): Promise<void> }

export interface ServerSettings {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** As people reach it; made from host and port when null. */
  readonly publicUrl: string | null
  readonly trustProxy: string[]
  readonly mailDomain: string
  /** Domains on which every address is one of ours: nobody's to give as their own. The mail domain is always one. */
  readonly ownDomains?: readonly string[]
  /** At least 32 bytes that lie outside the database: signs tokens, seals what came in. */
  readonly secret: Buffer
  /**
   * The folder of data keys, outside the database and its backups, and what they are wrapped under: the first secret wraps, the others
   * still open. Left out, nothing can be sealed.
   */
  readonly keyStore?: { readonly folder: string; readonly secrets: readonly [Buffer, ...Buffer[]] }
  readonly limits: {
    readonly bodyBytes: number
    readonly attachmentBytes: number
    readonly mailBytes: number
    readonly connectionsPerAddress: number
    /** In this process, sockets and polls together. */
    readonly connections: number
    readonly heldPerAccount: number
    readonly heldDays: number
  }
  readonly quotas: Readonly<Record<QuotaName, Quota>>
  /** How long words wait in a window that nobody has open before they go by another medium. */
  readonly windowPatienceMs: number
  /** So many days the page behind a link to a file can be opened: where a medium carries no files. Default 30. */
  readonly fileLinkDays?: number
  /** A virus scanner that looks at every file that comes in, and what becomes of files while it does not answer. */
  readonly scanner?: Pick<VirusScanner, 'clamd' | 'whenAway'>
  /** Do several processes serve this database together? Then they tell each other what is new. */
  readonly shared: boolean
  /** An MMDB file that says where IP addresses are; null for none, left out for the one that comes along. */
  readonly geoDatabase?: string | null
  /** Hosts inside that programs may have their endpoints on, as `host` or `host:port`. */
  readonly programHosts?: readonly string[]
}

export interface ServerParts {
  readonly connection: pg.PoolConfig
  /** How many connections this process may hold. */
  readonly databaseConnections?: number
  readonly settings: ServerSettings
  readonly channels: readonly Channel[]
  readonly attachWeb: AttachWeb
  readonly folders: PageFolders
  readonly log: ServerLog
  readonly clock?: Clock
  readonly outboxPoint?: (name: OutboxPoint) => Promise<void> | void
}

export interface ServerLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface RunningServer {
  readonly url: string
  readonly port: number
  readonly db: Database
  readonly road: Road
  readonly hub: Hub
  readonly outbox: Outbox
  readonly signIn: SignIn
  readonly tokens: ShortTokens
  health(): Record<string, Health>
  stop(): Promise<void>
}
