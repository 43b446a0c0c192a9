import type { Config, ServerSettings } from '@parley/server'

/** The server's settings as the configuration says. */
export function settingsFrom(config: Config, secret: Buffer): ServerSettings {
  const { web, limits, quotas } = config
  return {
    host: web.host,
    port: web.port,
    publicUrl: web.publicUrl ?? null,
    trustProxy: [...web.trustedProxies],
    mailDomain: config.mail.domain,
    ownDomains: [config.sip.domain, config.xmpp?.domain].filter((domain) => domain !== undefined),
    secret,
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
