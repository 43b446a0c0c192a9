import { createEmailChannel, type EmailChannel, type SmtpOutOptions } from '@parley/channel-email'
import type { Config } from '@parley/server'

type Overrides = Partial<Pick<Parameters<typeof createEmailChannel>[0], 'resolver'>> & { smtpOut?: SmtpOutOptions }

/** The gateway to mail as the configuration says; null when nothing takes our mail: then there is no mail at all. */
export function mailChannel(config: Config, publicName: string, overrides: Overrides = {}): EmailChannel | null {
  const { mail, limits } = config
  const smtpOut = overrides.smtpOut ?? (mail.smtpOut.url ? smtpOutOf(mail.smtpOut.url, mail.smtpOut.pool) : null)
  if (!smtpOut) return null
  const { smtpIn } = mail
  return createEmailChannel({
    relayDomain: mail.domain,
    publicName,
    smtpIn:
      smtpIn.port === undefined
        ? null
        : {
            host: smtpIn.host,
            port: smtpIn.port,
            ...(smtpIn.tls ? { tls: smtpIn.tls } : {}),
            maxBytes: limits.mailBytes,
            maxConnections: 100,
            maxRecipients: 100,
            trustedRelays: [...mail.trustedRelays],
          },
    smtpOut,
    ...(mail.smtpOut.dkim ? { dkim: { selector: mail.smtpOut.dkim.selector, privateKey: mail.smtpOut.dkim.key } } : {}),
    mailboxes: [...mailboxOf('imap', mail.imapUrl), ...mailboxOf('pop3', mail.pop3Url)],
    trustedAuthservIds: [...mail.trustedAuthservIds],
    ...(overrides.resolver ? { resolver: overrides.resolver } : {}),
  })
}

function smtpOutOf(text: string, maxConnections: number): SmtpOutOptions {
  const url = new URL(text)
  const isSecure = url.protocol === 'smtps:'
  return {
    host: url.hostname,
    port: Number(url.port) || (isSecure ? 465 : 587),
    // A password never goes out in the clear because somebody on the way removed the offer of TLS.
    tls: isSecure ? 'always' : url.username && !isLoopback(url.hostname) ? 'required' : 'offered',
    maxConnections,
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } }
      : {}),
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}

function mailboxOf(kind: 'imap' | 'pop3', text: string | undefined) {
  if (!text) return []
  const url = new URL(text)
  const isSecure = url.protocol.endsWith('s:')
  const ports = { imap: isSecure ? 993 : 143, pop3: isSecure ? 995 : 110 }
  return [
    {
      kind,
      host: url.hostname,
      port: Number(url.port) || ports[kind],
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      tls: isSecure ? ('always' as const) : ('required' as const),
      ...(kind === 'imap' && url.pathname.length > 1 ? { folder: decodeURIComponent(url.pathname.slice(1)) } : {}),
    },
  ]
}
