import { type CastPhone, castPhones, openPhones, type Phones, type Smsc, startSmsc } from '@parley/app-demo'
import { createSmppChannel } from '@parley/channel-sms'
import type { Config } from '@parley/server'

/** A service centre for the phones of the demo: Parley speaks SMPP with it on loopback, as with any other. */
export interface DemoPhones {
  phones: Phones
  channel: ReturnType<typeof createSmppChannel>
  stop(): Promise<void>
}

/** Null where text messages are set up otherwise: then they leave this machine, and the demo has no phones. */
export async function openDemoPhones({ web, sms }: Config): Promise<DemoPhones | null> {
  if (sms.smpp.url || sms.kannel || sms.twilio.url) return null
  // Beside the web port, like the mail servers of the demo.
  const smsc: Smsc = await startSmsc({ port: web.port + 8 })
  const { host, port, systemId, password } = smsc
  const channel = createSmppChannel({
    smsc: { host, port, systemId, password, systemType: '', tls: null, isSingle: true },
    reconnecting: { firstMs: 200, longestMs: 2_000 },
  })
  return { phones: openPhones(smsc), channel, stop: () => smsc.close() }
}

/** Who answers from a phone and has nothing else. */
export const phoneResponders = castPhones.filter(
  (phone): phone is CastPhone & { alias: string } => phone.alias !== null,
)
