import type { Channel } from '@parley/channel-sdk'
import { callGateway } from '../gateway/call-gateway.ts'
import { type RunningGateway, runGateway, sendThrough, stopGateway } from '../gateway/run-gateway.ts'
import type { PartsPatience } from '../take/assemble-parts.ts'
import { type Giving, giveMessages } from '../take/give-messages.ts'
import { sendByKannel } from './send-by-kannel.ts'
import { takeFromKannel } from './take-from-kannel.ts'

export interface KannelChannelOptions {
  /** Unique among the configured channels, and part of the addresses that Kannel calls. Default `sms`. */
  name?: string
  /** The sendsms address of smsbox. */
  sendUrl: string
  username: string
  password: string
  /** What Kannel's get-url carries as `secret`, and what its delivery reports are signed with. */
  secret: string
  /** Whose numbers come without a country code, as `47`. Default null: none. */
  countryCode?: string | null
  /** See `ComposeOptions`. Default null. */
  sender?: string | null
  /** Default 10. */
  mostSegments?: number
  partsPatience?: PartsPatience
  /** Between two looks whether it answers. */
  probing?: { firstMs: number; longestMs: number }
}

/** The gateway to a Kannel: sendsms out; get-url and dlr-url in, at `host.httpUrl`. */
export function createKannelChannel(options: KannelChannelOptions): Channel {
  const name = options.name ?? 'sms'
  let running: { gateway: RunningGateway; giving: Giving } | null = null

  return {
    name,
    medium: 'sms',
    abilities: { addresses: 'pooled', style: 'lines', attachments: 'links', typing: false, receipts: 'delivered' },
    repeatsUnknown: false,
    async start(host) {
      running = {
        gateway: runGateway(host, () => probe(options.sendUrl), options.probing),
        giving: giveMessages({ channel: name, by: 'Kannel', host, patience: options.partsPatience }),
      }
    },
    send: (delivery) =>
      sendThrough(running?.gateway ?? null, delivery, (one, gateway) => sendByKannel(one, gateway, options)),
    async takeHttp(request) {
      if (!running) return { status: 503 }
      return takeFromKannel(request, { ...running, options })
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

/** Without a name and a password it refuses whatever it is asked, and so shows that it is there. */
async function probe(sendUrl: string): Promise<string | null> {
  const answer = await callGateway(new URL(sendUrl), {}, 10_000)
  return answer.kind === 'answered' && answer.status < 500 ? null : `Kannel does not answer (${whyOf(answer)})`
}

const whyOf = (answer: Awaited<ReturnType<typeof callGateway>>) =>
  answer.kind === 'answered' ? String(answer.status) : answer.why
