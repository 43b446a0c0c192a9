import { createSipChannel, type SipChannel } from '@parley/channel-sip'
import type { Config } from '@parley/server'

/** The gateway to SIP as the configuration says; null when no domain is named: then there is no SIP at all. */
export function sipChannel({ sip }: Config): SipChannel | null {
  if (sip.domain === undefined) return null
  const { identity } = sip
  return createSipChannel({
    domain: sip.domain,
    listen: {
      host: sip.host,
      udp: sip.port ?? null,
      tcp: sip.port ?? null,
      tls: sip.tlsPort ?? null,
      ws: identity ? null : (sip.webSocketPort ?? null),
      wss: identity ? (sip.webSocketPort ?? null) : null,
      ...(identity ? { identity } : {}),
    },
    ...(sip.publicHost === undefined ? {} : { publicHost: sip.publicHost }),
    ...(sip.publicPort === undefined ? {} : { publicPort: sip.publicPort }),
    proxy: sip.proxy ?? null,
    ...(sip.credentials ? { credentials: sip.credentials } : {}),
    register: sip.register === undefined ? null : { address: sip.register, expiresSeconds: sip.registerSeconds },
    trustedPeers: sip.trustedPeers,
    users: usersIn(sip.users ?? ''),
    ...(sip.ca ? { ca: sip.ca } : {}),
    reachesPrivate: sip.reachesPrivate,
  })
}

function usersIn(text: string): { address: string; password: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/[ \t]+/))
    .flatMap(([address, password]) => (address && password ? [{ address, password }] : []))
}
