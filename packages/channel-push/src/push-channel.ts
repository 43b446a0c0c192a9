import { Agent } from 'node:https'
import type { Channel, ChannelHost, Health, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import webPush from 'web-push'
import { outcomeOf } from './outcome-of.ts'
import { payloadOf } from './payload.ts'
import { post } from './post.ts'
import { readSubscription } from './read-subscription.ts'
import type { VapidKeys } from './vapid-keys.ts'
import { VapidTokens } from './vapid-tokens.ts'

export interface PushChannelOptions {
  /** Whom a push service may write to about what we send: `mailto:…` or an https page (RFC 8292 §2.1). */
  subject: string
  keys: VapidKeys
  /** Hosts of push services that are called, with the port where it is not 443; `*.` before a name stands for all names below it. */
  hosts: readonly string[]
  /** How long a push service keeps what a sleeping device has not fetched. Default: a day. */
  keptSeconds?: number
  /** Certificates (PEM) to trust besides the usual ones, for a push service of one's own. */
  ca?: string
}

const dayInSeconds = 86_400
const timeoutMs = 20_000

/**
 * Web push (RFC 8030, 8291, 8292): tells a browser that something waits, and where. Nobody can answer there, and nothing is said that the
 * server did not put into the delivery. An address of this medium is the subscription itself, as JSON.
 */
export function createPushChannel(options: PushChannelOptions): Channel {
  const { hosts, keys, subject } = options
  if (!/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(subject)) {
    throw new Error(`a push service has to know whom to write to: "${subject}" is neither mailto: nor https:`)
  }
  const tokens = new VapidTokens(subject, keys)
  let agent: Agent | null = null
  let log: ChannelHost['log'] | null = null
  /** By host: since when none of its answers came. One service that is away says nothing of the others. */
  const away = new Map<string, { reason: string; since: Date }>()

  return {
    name: 'push',
    medium: 'push',
    abilities: { addresses: 'none', style: 'lines', attachments: 'links', typing: false, receipts: 'none' },
    // A notice with the same tag takes the place of the one before it.
    repeatsUnknown: true,
    subscriptions: {
      publicKey: keys.publicKey,
      read(given) {
        const subscription = readSubscription(given, hosts)
        return subscription && { to: JSON.stringify(subscription), key: subscription.endpoint }
      },
    },

    async start(host) {
      log = host.log
      agent = new Agent({ keepAlive: true, maxSockets: 8, ...(options.ca ? { ca: options.ca } : {}) })
    },

    async stop() {
      agent?.destroy()
      agent = null
    },

    async send(delivery) {
      if (!agent) return { status: 'retry', reason: 'the channel is not running' }
      const request = prepare(delivery, options, tokens)
      if ('status' in request) return request
      const answer = await post(agent, request, timeoutMs)
      const outcome = outcomeOf(answer)
      const { host } = new URL(request.endpoint)
      if (answer.kind === 'answered' && answer.status < 500) away.delete(host)
      else if (!away.has(host)) {
        const reason = 'reason' in outcome ? outcome.reason : 'does not answer'
        away.set(host, { reason: `${host}: ${reason}`, since: new Date() })
        log?.warn('a push service is away', { reason })
      }
      return outcome
    },

    health: (): Health => {
      if (!agent) return { state: 'starting' }
      const [first] = away.values()
      return first ? { state: 'degraded', ...first } : { state: 'up' }
    },
  }
}

interface Prepared {
  endpoint: string
  headers: Record<string, string | number>
  body: Buffer
}

function prepare(delivery: OutboundDelivery, options: PushChannelOptions, tokens: VapidTokens): Prepared | Outcome {
  const subscription = readSubscription(parse(delivery.to), options.hosts)
  if (!subscription) return { status: 'rejected', scope: 'address', reason: 'no subscription of a known push service' }
  const payload = payloadOf(delivery)
  if (!payload) return { status: 'rejected', scope: 'message', reason: 'names no page to open' }
  const { endpoint, headers, body } = webPush.generateRequestDetails(subscription, JSON.stringify(payload), {
    headers: { Authorization: tokens.for(new URL(subscription.endpoint).origin, Date.now()) },
    contentEncoding: 'aes128gcm',
    TTL: options.keptSeconds ?? dayInSeconds,
    urgency: 'high',
    topic: payload.tag,
  })
  return { endpoint, headers, body }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
