import { createKannelChannel, createSmppChannel, createTwilioChannel } from '@parley/channel-sms'
import type { Config } from '@parley/server'

type SmsChannel = ReturnType<typeof createSmppChannel>

/** The gateway to text messages as the configuration says; null when there is none. */
export function smsChannel({ sms }: Config): SmsChannel | null {
  const common = { sender: sms.sender ?? null, mostSegments: sms.segments }
  const countryCode = sms.countryCode ?? null
  if (sms.smpp.url) return toSmsc(sms.smpp.url, sms)
  if (sms.kannel) {
    const { url, user, password } = withoutUser(sms.kannel.url)
    return createKannelChannel({
      ...common,
      countryCode,
      sendUrl: url.href,
      username: user,
      password,
      secret: sms.kannel.secret,
    })
  }
  if (sms.twilio.url) {
    const { url, user, password } = withoutUser(sms.twilio.url)
    return createTwilioChannel({
      ...common,
      apiUrl: url.origin,
      accountSid: user,
      authToken: password,
      sendsMedia: sms.twilio.sendsMedia,
    })
  }
  return null
}

function toSmsc(address: string, sms: Config['sms']): SmsChannel {
  const { url, user, password } = withoutUser(address)
  const isSecure = url.protocol === 'smpps:'
  return createSmppChannel({
    smsc: {
      host: url.hostname,
      port: Number(url.port) || (isSecure ? 3550 : 2775),
      tls: isSecure ? (sms.smpp.ca ? { ca: sms.smpp.ca } : {}) : null,
      systemId: user,
      password,
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

function withoutUser(address: string): { url: URL; user: string; password: string } {
  const url = new URL(address)
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  url.username = ''
  url.password = ''
  return { url, user, password }
}
