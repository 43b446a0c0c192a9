import { readFileSync } from 'node:fs'
import type { Option } from './option.ts'
import { options } from './options.ts'

type Values<Group> = { [Name in keyof Group]: Group[Name] extends Option<infer T> ? T : never }
type AllValues = { [Group in keyof typeof options]: Values<(typeof options)[Group]> }[keyof typeof options]
type Flat<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never
type Settings = Flat<AllValues>

export type Config = ReturnType<typeof arrange>

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] }

/** Reads the environment. All that is wrong is reported at once, each in one line that names the variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  const known = Object.assign({}, ...Object.values(options)) as Record<string, Option<unknown>>

  for (const [name, option] of Object.entries(known)) {
    const text = option.isSecret ? secretText(name, env, problems) : env[name]?.trim()
    values[name] = option.fallback
    if (!text) continue
    const parsed = option.parse(text)
    if (parsed.ok) values[name] = parsed.value
    else problems.push(`${name} ${parsed.because}${option.isSecret ? '' : `; it is "${text}"`}`)
  }
  problems.push(...unknownNames(env, known))
  // Every name has been given a value by its own option, of that option's type.
  const settings = values as Settings
  problems.push(...contradictions(settings, env))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: arrange(settings) }
}

function arrange(all: Settings) {
  return {
    web: {
      host: all.PARLEY_HOST,
      port: all.PARLEY_PORT,
      /** without a slash at the end; undefined: made from the host and the port listened on */
      publicUrl: all.PARLEY_PUBLIC_URL?.replace(/\/+$/, ''),
      trustedProxies: all.PARLEY_TRUST_PROXY,
    },
    data: {
      /** undefined: see defaultDataFolder */
      folder: all.PARLEY_DATA,
      /** undefined: the embedded PostgreSQL */
      databaseUrl: all.DATABASE_URL,
      postgresBin: all.PARLEY_POSTGRES_BIN,
      postgresUser: all.PARLEY_POSTGRES_USER,
      connections: all.PARLEY_DATABASE_CONNECTIONS,
    },
    keyStore: {
      /** undefined: in the data folder */
      folder: all.PARLEY_KEY_STORE,
      /** undefined: the installation's secret */
      secret: all.PARLEY_KEY_STORE_SECRET_FILE,
      /** undefined: none */
      oldSecret: all.PARLEY_KEY_STORE_OLD_SECRET_FILE,
    },
    mail: {
      domain: all.PARLEY_MAIL_DOMAIN,
      smtpIn: {
        host: all.PARLEY_SMTP_IN_HOST,
        /** undefined: off */
        port: all.PARLEY_SMTP_IN_PORT,
        tls: pair(all.PARLEY_SMTP_IN_TLS_KEY_FILE, all.PARLEY_SMTP_IN_TLS_CERT_FILE, (key, cert) => ({ key, cert })),
      },
      smtpOut: {
        url: all.PARLEY_SMTP_URL,
        pool: all.PARLEY_SMTP_POOL,
        dkim: pair(all.PARLEY_DKIM_SELECTOR, all.PARLEY_DKIM_KEY_FILE, (selector, key) => ({ selector, key })),
      },
      imapUrl: all.PARLEY_IMAP_URL,
      pop3Url: all.PARLEY_POP3_URL,
      trustedAuthservIds: all.PARLEY_AUTHSERV_IDS,
      trustedRelays: all.PARLEY_MAIL_RELAYS,
    },
    sip: {
      /** undefined: no SIP */
      domain: all.PARLEY_SIP_DOMAIN,
      host: all.PARLEY_SIP_HOST,
      /** undefined: off */
      port: all.PARLEY_SIP_PORT,
      tlsPort: all.PARLEY_SIP_TLS_PORT,
      webSocketPort: all.PARLEY_SIP_WS_PORT,
      identity: pair(all.PARLEY_SIP_TLS_KEY_FILE, all.PARLEY_SIP_TLS_CERT_FILE, (key, cert) => ({ key, cert })),
      publicHost: all.PARLEY_SIP_PUBLIC_HOST,
      publicPort: all.PARLEY_SIP_PUBLIC_PORT,
      proxy: all.PARLEY_SIP_PROXY,
      credentials: pair(all.PARLEY_SIP_USER, all.PARLEY_SIP_PASSWORD, (username, password) => ({ username, password })),
      register: all.PARLEY_SIP_REGISTER,
      registerSeconds: all.PARLEY_SIP_REGISTER_SECONDS,
      trustedPeers: all.PARLEY_SIP_TRUSTED_PEERS,
      users: all.PARLEY_SIP_USERS,
      ca: all.PARLEY_SIP_CA_FILE,
      reachesPrivate: all.PARLEY_SIP_PRIVATE,
    },
    /** undefined: no XMPP */
    xmpp: pair(all.PARLEY_XMPP_DOMAIN, all.PARLEY_XMPP_SECRET, (domain, secret) => ({
      domain,
      secret,
      host: all.PARLEY_XMPP_HOST,
      port: all.PARLEY_XMPP_PORT,
      fileHosts: all.PARLEY_XMPP_FILE_HOSTS,
    })),
    sms: {
      smpp: {
        url: all.PARLEY_SMS_SMPP_URL,
        systemType: all.PARLEY_SMS_SMPP_SYSTEM_TYPE ?? '',
        ca: all.PARLEY_SMS_SMPP_CA_FILE,
        isSingle: all.PARLEY_SMS_SMPP_SINGLE,
        window: all.PARLEY_SMS_SMPP_WINDOW,
      },
      kannel: pair(all.PARLEY_SMS_KANNEL_URL, all.PARLEY_SMS_KANNEL_SECRET, (url, secret) => ({ url, secret })),
      twilio: { url: all.PARLEY_SMS_TWILIO_URL, sendsMedia: all.PARLEY_SMS_TWILIO_MEDIA },
      alphabet: all.PARLEY_SMS_ALPHABET,
      countryCode: all.PARLEY_SMS_COUNTRY?.toString(),
      sender: all.PARLEY_SMS_SENDER,
      segments: all.PARLEY_SMS_SEGMENTS,
    },
    programs: { hosts: all.PARLEY_PROGRAM_HOSTS },
    push: {
      on: all.PARLEY_PUSH,
      /** undefined: the postmaster of the mail domain */
      subject: all.PARLEY_PUSH_SUBJECT,
      hosts: all.PARLEY_PUSH_SERVICES,
    },
    limits: {
      bodyBytes: all.PARLEY_BODY_BYTES,
      attachmentBytes: all.PARLEY_ATTACHMENT_BYTES,
      mailBytes: all.PARLEY_MAIL_BYTES,
      connectionsPerAddress: all.PARLEY_CONNECTIONS_PER_ADDRESS,
      connections: all.PARLEY_CONNECTIONS,
      heldMails: all.PARLEY_HELD_MAILS,
      heldDays: all.PARLEY_HELD_DAYS,
      fileLinkDays: all.PARLEY_FILE_LINK_DAYS,
    },
    /** undefined: nothing is looked at */
    scanner: all.PARLEY_CLAMAV ? { clamd: clamdAt(all.PARLEY_CLAMAV), whenAway: all.PARLEY_CLAMAV_AWAY } : undefined,
    /** each within one hour */
    quotas: {
      messages: {
        visitor: all.PARLEY_QUOTA_MESSAGES_PER_VISITOR,
        address: all.PARLEY_QUOTA_MESSAGES_PER_ADDRESS,
        network: all.PARLEY_QUOTA_MESSAGES_PER_NETWORK,
        site: all.PARLEY_QUOTA_MESSAGES_PER_SITE,
      },
      conversations: {
        visitor: all.PARLEY_QUOTA_CONVERSATIONS_PER_VISITOR,
        address: all.PARLEY_QUOTA_CONVERSATIONS_PER_ADDRESS,
        network: all.PARLEY_QUOTA_CONVERSATIONS_PER_NETWORK,
        site: all.PARLEY_QUOTA_CONVERSATIONS_PER_SITE,
      },
      uploads: { visitor: all.PARLEY_QUOTA_UPLOADS_PER_VISITOR, address: all.PARLEY_QUOTA_UPLOADS_PER_ADDRESS },
      programs: { visitor: all.PARLEY_QUOTA_CALLS_PER_PROGRAM },
    },
    log: { level: all.PARLEY_LOG_LEVEL },
    demo: all.PARLEY_DEMO ?? all.DATABASE_URL === undefined,
    phoneCountries: all.PARLEY_PHONE_COUNTRIES,
    /** undefined: the one that comes along; null: none */
    geoDatabase: all.PARLEY_GEO_DATABASE === 'none' ? null : all.PARLEY_GEO_DATABASE,
  }
}

/** A path has a slash in it; a host may be an address of IPv6 in brackets. */
function clamdAt(text: string) {
  if (text.includes('/')) return { path: text }
  const [, host = text, port = '3310'] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? []
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

function pair<A, B, C>(a: A | undefined, b: B | undefined, join: (a: A, b: B) => C): C | undefined {
  return a === undefined || b === undefined ? undefined : join(a, b)
}

function contradictions(all: Settings, env: Readonly<Record<string, string | undefined>>): string[] {
  const together = [
    ['PARLEY_SMTP_IN_TLS_KEY_FILE', 'PARLEY_SMTP_IN_TLS_CERT_FILE'],
    ['PARLEY_DKIM_SELECTOR', 'PARLEY_DKIM_KEY_FILE'],
    ['PARLEY_SMS_KANNEL_URL', 'PARLEY_SMS_KANNEL_SECRET'],
    ['PARLEY_SIP_TLS_KEY_FILE', 'PARLEY_SIP_TLS_CERT_FILE'],
  ] as const
  const halves = together.flatMap(([a, b]) => {
    if (Boolean(env[a]) === Boolean(env[b])) return []
    return [`${env[a] ? a : b} is set and ${env[a] ? b : a} is not; they go together`]
  })
  const waysToSms = [all.PARLEY_SMS_SMPP_URL, all.PARLEY_SMS_KANNEL_URL, all.PARLEY_SMS_TWILIO_URL].filter(Boolean)
  const needsUrl = !/^(localhost|127\.|::1$)/.test(all.PARLEY_HOST) && !env.PARLEY_PUBLIC_URL
  const halfXmpp = (all.PARLEY_XMPP_DOMAIN === undefined) !== (all.PARLEY_XMPP_SECRET === undefined)
  const short = (['PARLEY_KEY_STORE_SECRET_FILE', 'PARLEY_KEY_STORE_OLD_SECRET_FILE'] as const).filter(
    (name) => all[name] !== undefined && all[name].trim().length < 32,
  )
  return [
    ...halves,
    ...short.map((name) => `${name} names a file with fewer than 32 characters; make one with: openssl rand -hex 32`),
    ...(all.PARLEY_KEY_STORE_OLD_SECRET_FILE !== undefined && all.PARLEY_KEY_STORE_SECRET_FILE === undefined
      ? ['PARLEY_KEY_STORE_OLD_SECRET_FILE is set and PARLEY_KEY_STORE_SECRET_FILE is not']
      : []),
    ...(waysToSms.length > 1
      ? ['PARLEY_SMS_SMPP_URL, PARLEY_SMS_KANNEL_URL and PARLEY_SMS_TWILIO_URL are ways to the same medium; keep one']
      : []),
    ...((all.PARLEY_SIP_USER === undefined) === (all.PARLEY_SIP_PASSWORD === undefined)
      ? []
      : ['PARLEY_SIP_USER and PARLEY_SIP_PASSWORD go together']),
    ...(all.PARLEY_SIP_TLS_PORT !== undefined && !env.PARLEY_SIP_TLS_KEY_FILE
      ? ['PARLEY_SIP_TLS_PORT needs PARLEY_SIP_TLS_KEY_FILE and PARLEY_SIP_TLS_CERT_FILE']
      : []),
    ...(halfXmpp ? ['PARLEY_XMPP_DOMAIN and PARLEY_XMPP_SECRET go together; only one of them is set'] : []),
    ...(needsUrl
      ? ['PARLEY_PUBLIC_URL must be set when PARLEY_HOST is not loopback: links in mails would lead nowhere']
      : []),
    ...(all.PARLEY_MAIL_BYTES < all.PARLEY_ATTACHMENT_BYTES
      ? ['PARLEY_MAIL_BYTES is smaller than PARLEY_ATTACHMENT_BYTES: such an attachment could never arrive by mail']
      : []),
  ]
}

/** A name with a slip in it would otherwise be a setting that silently does nothing. */
function unknownNames(
  env: Readonly<Record<string, string | undefined>>,
  known: Record<string, Option<unknown>>,
): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('PARLEY_') && !name.startsWith('PARLEY_TEST_'))
    .filter((name) => !(name in known) && !known[name.replace(/_FILE$/, '')]?.isSecret)
    .map((name) => `${name} is no setting of Parley; docs/operate/configuration.md lists them all`)
}

function secretText(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  problems: string[],
): string | undefined {
  const file = env[`${name}_FILE`]
  if (!file) return env[name]?.trim()
  if (env[name]) problems.push(`${name} and ${name}_FILE are both set; keep one`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    problems.push(`${name}_FILE names a file that cannot be read (${code}); it is "${file}"`)
    return undefined
  }
}
