import {
  type Channel,
  type ChannelHost,
  type Health,
  type OutboundDelivery,
  type Outcome,
  safeFetch,
  signWebhook,
} from '@parley/channel-sdk'
import { seconds } from '@parley/model'
import { outcomeOf } from './outcome-of.ts'
import { payloadOf } from './payload.ts'
import { type Endpoint, readEndpoint } from './read-endpoint.ts'
import { inboundOf, replyIn, takeReply } from './take-reply.ts'

export interface WebhookChannelOptions {
  /** `whsec_…` of a program, by the number of the secret. */
  secretOf: (program: string, number: number) => string
  /** Hosts inside that may be called, over http too: `host` or `host:port`. Every other endpoint is https and public. */
  allow?: readonly string[]
  /** For all of a call. Default 20 seconds. */
  timeoutMs?: number
  /** Certificates (PEM) to trust besides the usual ones. */
  ca?: string
}

/** Endpoints that do not answer are remembered for health, these many at most. */
const mostAway = 1_000

/**
 * Programs (medium `api`): every delivery is posted to the program's endpoint, signed by the Standard Webhooks specification, its reference
 * as `webhook-id`. A program answers over the API, in its answer to the webhook, or by a signed request of its own (`takeHttp`).
 */
export function createWebhookChannel(options: WebhookChannelOptions): Channel {
  const name = 'webhook'
  const { secretOf, allow = [] } = options
  let host: ChannelHost | null = null
  /** By whose endpoint: since when it does not take what is sent. One that is away says nothing of the others. */
  const away = new Map<string, { reason: string; since: Date }>()

  function note(key: string, outcome: Outcome, now: Date): void {
    if (outcome.status === 'sent' || outcome.status === 'rejected') away.delete(key)
    else if (!away.has(key) && away.size < mostAway) {
      away.set(key, { reason: `an endpoint of a program: ${outcome.reason}`, since: now })
      host?.log.warn('an endpoint does not take what is sent', { program: key, reason: outcome.reason })
    }
  }

  /** What a program says in its answer to a webhook goes where that could be answered. */
  async function takeAnswer(
    to: ChannelHost,
    endpoint: Endpoint,
    delivery: OutboundDelivery,
    body: Uint8Array,
  ): Promise<boolean> {
    // Who answers everything would answer what we tell of their answers, too, for ever.
    const text = delivery.kind === 'notice' ? null : replyIn(body)
    if (!delivery.relay || !text) return true
    const from = { channel: name, to: delivery.relay.token, from: endpoint.key, why: 'answer to a webhook' }
    try {
      const receipt = await to.receive(inboundOf({ ...from, text, id: `answer ${delivery.reference}`, raw: body }))
      if (receipt.outcome === 'refused') to.log.warn('an answer to a webhook was refused', { because: receipt.because })
      return true
    } catch {
      return false
    }
  }

  return {
    name,
    medium: 'api',
    abilities: { addresses: 'per-place', style: 'lines', attachments: 'links', typing: false, receipts: 'none' },
    // Whoever takes webhooks folds those with the same webhook-id.
    repeatsUnknown: true,

    async start(given) {
      host = given
    },

    async stop() {
      host = null
    },

    async send(delivery) {
      if (!host) return { status: 'retry', reason: 'the channel is not running' }
      const given = host
      const now = given.clock.now()
      const endpoint = readEndpoint(delivery.to)
      if (!endpoint) return { status: 'rejected', scope: 'address', reason: 'no-endpoint' }
      const body = payloadOf(delivery, endpoint.outside, now)
      const answer = await safeFetch(endpoint.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': 'parley',
          ...signWebhook(secretsOf(endpoint, secretOf, now), { id: delivery.reference, at: now, body }),
        },
        body,
        maxBytes: 100_000,
        timeoutMs: options.timeoutMs ?? seconds(20),
        redirects: 0,
        allow,
        schemes: isInside(endpoint.url, allow) ? ['https', 'http'] : ['https'],
        ...(options.ca ? { ca: options.ca } : {}),
      })
      const outcome = outcomeOf(answer, now)
      note(endpoint.key, outcome, now)
      // What it said is not stored: it is asked once more, and says it again.
      const isTaken =
        outcome.status !== 'sent' || !answer.ok || (await takeAnswer(given, endpoint, delivery, answer.bytes))
      return isTaken ? outcome : { status: 'unknown', reason: 'its answer could not be stored' }
    },

    async takeHttp(request) {
      return host ? takeReply(request, { host, channel: name, secretOf }) : { status: 503 }
    },

    health(): Health {
      if (!host) return { state: 'starting' }
      const [first] = away.values()
      return first ? { state: 'degraded', ...first } : { state: 'up' }
    },
  }
}

/** The newest first. */
function secretsOf(
  { program, secretNumber, oldSecretUntil }: Endpoint,
  secretOf: WebhookChannelOptions['secretOf'],
  now: Date,
): string[] {
  const isOldGood = oldSecretUntil !== null && oldSecretUntil > now && secretNumber > 1
  return [secretNumber, ...(isOldGood ? [secretNumber - 1] : [])].map((number) => secretOf(program, number))
}

function isInside(url: string, allow: readonly string[]): boolean {
  const { host, hostname } = new URL(url)
  return allow.includes(host) || allow.includes(hostname)
}
