import { createSmppChannel } from '@parley/channel-sms'
import {
  type Parley,
  type ParleyOptions,
  type Phone,
  type Smsc,
  startParley,
  startSmsc,
  type WindowPerson,
} from '@parley/dev-env'
import { giveOwnAddresses } from './own-addresses.ts'
import { names } from './stage.ts'
import { WindowPeople } from './window-people.ts'

export interface SmsStage {
  smsc: Smsc
  parley: Parley
  channel: ReturnType<typeof createSmppChannel>
  /** The phone of somebody, by first name in lower case. */
  phone(name: string): Phone
  /** A visitor at a window. */
  visitor(): Promise<WindowPerson>
  close(): Promise<void>
}

/** The number of the shop that anybody may write to. */
export const publicNumber = '+4790010000'

const numbers: Record<string, string> = {
  bo: '+4790055501',
  cleo: '+4790055502',
  dag: '+4790055503',
  gus: '+4790055507',
}

type Responder = { name: string; alias: string; emails?: readonly string[]; addresses?: NewAddresses }
type NewAddresses = NonNullable<ParleyOptions['account']['responders'][number]['addresses']>

/** Responders with a phone each and nothing else, a shop with a public number and a few to write from, and a service centre. */
export async function openSmsStage({
  responders,
  pool = 3,
  policy,
  mail,
  channels = [],
  gateway,
}: {
  responders: readonly Responder[]
  /** How many numbers there are to write from. */
  pool?: number
  policy?: NonNullable<ParleyOptions['account']['sites'][number]['policy']>
  mail?: NonNullable<ParleyOptions['mail']>
  channels?: NonNullable<ParleyOptions['channels']>
  /** Another way to the phones than SMPP, whose peer calls us at this port. */
  gateway?: { smsc: Smsc; channel: SmsStage['channel']; port: number }
}): Promise<SmsStage> {
  const smsc = gateway?.smsc ?? (await startSmsc())
  const channel = gateway?.channel ?? overSmpp(smsc)
  const parley = await startParley({
    ...(gateway ? { port: gateway.port } : {}),
    channels: [channel, ...channels],
    ...(mail ? { mail } : {}),
    account: {
      name: 'Fjord & Field',
      sites: [
        { key: 'shop', name: 'Fjord & Field', domains: ['shop.localhost'], topics: [], ...(policy ? { policy } : {}) },
      ],
      responders: responders.map(({ name, alias, emails = [], addresses }) => ({
        name: names[name] ?? name,
        alias,
        language: 'en',
        emails: [...emails],
        addresses: addresses ?? [{ medium: 'sms', value: numberOf(name) }],
      })),
    },
  })
  const own = Array.from({ length: pool }, (_, index) => `+479001000${index + 1}`)
  await giveOwnAddresses(parley, 'sms', { pool: own, anyone: publicNumber })
  const visitors = new WindowPeople(parley)
  return {
    smsc,
    parley,
    channel,
    phone: (name) => smsc.phone(numberOf(name)),
    visitor: () => visitors.enter(),
    async close() {
      visitors.leave()
      await parley.stop()
      await smsc.close()
    },
  }
}

function numberOf(name: string): string {
  const number = numbers[name]
  if (!number) throw new Error(`${name} has no phone here`)
  return number
}

function overSmpp(smsc: Smsc): SmsStage['channel'] {
  return createSmppChannel({
    smsc: {
      host: smsc.host,
      port: smsc.port,
      tls: null,
      systemId: smsc.systemId,
      password: smsc.password,
      systemType: '',
      isSingle: true,
    },
    reconnecting: { firstMs: 100, longestMs: 500 },
    partsPatience: { answerMs: 1_000, giveUpMs: 60_000 },
  })
}

/** How many texts are in doubt: the connection broke after they were handed over. */
export async function unknownAttempts({ parley }: SmsStage): Promise<number> {
  const { rows } = await parley.server.db.workerPool.query<{ count: number }>(
    `select count(*)::int as count from attempt where outcome = 'unknown'`,
  )
  return rows[0]?.count ?? 0
}
