import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Config, ServerSettings } from '@parley/server'

/** The server's settings as the configuration says. */
export function settingsFrom(config: Config, secret: Buffer, dataFolder: string): ServerSettings {
  const { web, limits, quotas } = config
  return {
    host: web.host,
    port: web.port,
    publicUrl: web.publicUrl ?? null,
    trustProxy: [...web.trustedProxies],
    mailDomain: config.mail.domain,
    ownDomains: [config.sip.domain, config.xmpp?.domain].filter((domain) => domain !== undefined),
    secret,
    keyStore: keyStoreFrom(config, secret, dataFolder),
    limits: {
      bodyBytes: limits.bodyBytes,
      attachmentBytes: limits.attachmentBytes,
      mailBytes: limits.mailBytes,
      connectionsPerAddress: limits.connectionsPerAddress,
      connections: limits.connections,
      heldPerAccount: limits.heldMails,
      heldDays: limits.heldDays,
    },
    quotas: {
      messages: quotas.messages,
      conversations: quotas.conversations,
      uploads: quotas.uploads,
      codes: { visitor: 10, address: 30, network: 100, site: 1_000 },
      links: { visitor: 60, address: 600, network: 3_000 },
      programs: quotas.programs,
    },
    windowPatienceMs: 45_000,
    fileLinkDays: limits.fileLinkDays,
    ...(config.scanner ? { scanner: config.scanner } : {}),
    ...(config.geoDatabase === undefined ? {} : { geoDatabase: config.geoDatabase }),
    programHosts: config.programs.hosts,
    shared: config.data.databaseUrl !== undefined,
  }
}

/** Where the keys lie, and what wraps them: a secret of their own, else the installation's. */
export function keyStoreFrom(
  { keyStore }: Pick<Config, 'keyStore'>,
  secret: Buffer,
  dataFolder: string,
): NonNullable<ServerSettings['keyStore']> {
  const own = [keyStore.secret, keyStore.oldSecret].flatMap((each) => (each === undefined ? [] : [digest(each)]))
  const [first = secret, ...older] = own
  return { folder: keyStore.folder ?? path.join(dataFolder, 'keys'), secrets: [first, ...older, secret] }
}

const digest = (text: string) => createHash('sha256').update(text.trim()).digest()
