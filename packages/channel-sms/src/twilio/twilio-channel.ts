import type { Channel } from '@parley/channel-sdk'
import { basicAuthorization, callGateway } from '../gateway/call-gateway.ts'
import { type RunningGateway, runGateway, sendThrough, stopGateway } from '../gateway/run-gateway.ts'
import { type Giving, giveMessages } from '../take/give-messages.ts'
import { sendByTwilio } from './send-by-twilio.ts'
import { TakenIds, takeFromTwilio } from './take-from-twilio.ts'

export interface TwilioChannelOptions {
  /** Unique among the configured channels, and part of the addresses that the provider calls. Default `sms`. */
  name?: string
  /** Where its API stands, `https://api.twilio.com`. Media that come in are fetched from this host only. */
  apiUrl: string
  accountSid: string
  /** Signs what the provider calls, and opens its API. */
  authToken: string
  /** See `ComposeOptions`. Default null. */
  sender?: string | null
  /** Default 10. */
  mostSegments?: number
  /** Send pictures, sound and films as MMS instead of as links. Default false: it costs more, and not every number can. */
  sendsMedia?: boolean
  /** Of all media of one message. Default 10 MB. */
  mostMediaBytes?: number
  /** Between two looks whether it answers. */
  probing?: { firstMs: number; longestMs: number }
}

/** The gateway to a provider that works as Twilio does: its REST API out; its webhooks in, at `host.httpUrl`. */
export function createTwilioChannel(options: TwilioChannelOptions): Channel {
  const name = options.name ?? 'sms'
  let running: { gateway: RunningGateway; giving: Giving; taken: TakenIds } | null = null

  return {
    name,
    medium: 'sms',
    abilities: { addresses: 'pooled', style: 'lines', attachments: 'links', typing: false, receipts: 'delivered' },
    repeatsUnknown: false,
    async start(host) {
      running = {
        gateway: runGateway(host, () => probe(options), options.probing),
        giving: giveMessages({ channel: name, by: 'the provider', host }),
        taken: new TakenIds(),
      }
    },
    send: (delivery) =>
      sendThrough(running?.gateway ?? null, delivery, (one, gateway) => sendByTwilio(one, gateway, options)),
    async takeHttp(request) {
      if (!running) return { status: 503 }
      return takeFromTwilio(request, { ...running, options })
    },
    async stop() {
      const stopping = running
      running = null
      if (!stopping) return
      stopping.giving.stop()
      await stopGateway(stopping.gateway)
    },
    health: () => running?.gateway.health.now() ?? { state: 'starting' },
  }
}

async function probe({ apiUrl, accountSid, authToken }: TwilioChannelOptions): Promise<string | null> {
  const url = new URL(`/2010-04-01/Accounts/${encodeURIComponent(accountSid)}.json`, apiUrl)
  const answer = await callGateway(
    url,
    { headers: { authorization: basicAuthorization(accountSid, authToken) } },
    10_000,
  )
  if (answer.kind !== 'answered') return `the provider could not be reached (${answer.why})`
  if (answer.status === 401 || answer.status === 403) return 'the provider refuses our account or token'
  return answer.status < 500 ? null : `the provider is ill (${answer.status})`
}
