import { createSmppChannel } from '@parley/channel-sms'
import type { Config } from '@parley/server'

/** The gateway to text messages as the configuration says; null when there is none. */
export function smsChannel({ sms }: Config): ReturnType<typeof createSmppChannel> | null {
  if (!sms.smpp.url) return null
  const smsc = new URL(sms.smpp.url)
  const isSecure = smsc.protocol === 'smpps:'
  return createSmppChannel({
    smsc: {
      host: smsc.hostname,
      port: Number(smsc.port) || (isSecure ? 3550 : 2775),
      tls: isSecure ? (sms.smpp.ca ? { ca: sms.smpp.ca } : {}) : null,
      systemId: decodeURIComponent(smsc.username),
      password: decodeURIComponent(smsc.password),
      systemType: sms.smpp.systemType,
      isSingle: sms.smpp.isSingle,
    },
    limits: { window: sms.smpp.window },
    defaultAlphabet: sms.alphabet,
    countryCode: sms.countryCode ?? null,
    sender: sms.sender ?? null,
    mostSegments: sms.segments,
  })
}
