import { type Channel, type ChannelHost, type OutboundDelivery, type Outcome, renderLines } from '@parley/channel-sdk'
import { type CarrierLine, readLine } from './carrier-line.ts'
import { type StayingConnected, stayConnected } from './stay-connected.ts'
import { takeSaid } from './take-said.ts'

export interface CarrierOptions {
  readonly host: string
  readonly port: number
  /** Our part of the carrier's addresses: a place's is `token@domain`. */
  readonly domain: string
}

/** An answer that has not come after so long may never come. */
const answerMs = 10_000

/**
 * A carrier that speaks lines of JSON over one TCP connection. Both directions share it: what we say is answered by `took` or `refused` under
 * our own id, and what it brings waits for the same from us.
 */
export function createCarrierChannel(options: CarrierOptions): Channel {
  const stopping = new AbortController()
  /** What was said and is not answered yet, by its reference. */
  const unanswered = new Map<string, (outcome: Outcome) => void>()
  let carrier: StayingConnected | null = null

  const addressOf = (token: string) => `${token}@${options.domain}`
  const write = (line: Record<string, unknown>) => carrier?.connection()?.write(line) ?? false

  function hear(host: ChannelHost, line: CarrierLine | null): void {
    switch (line?.kind) {
      case 'took':
        unanswered.get(line.id)?.({ status: 'sent' })
        break
      case 'refused':
        unanswered.get(line.id)?.({ status: 'rejected', scope: 'address', reason: line.why })
        break
      case 'delivered':
        report(host, { of: { reference: line.id }, state: 'delivered' })
        break
      case 'lost':
        report(host, { of: { reference: line.id }, state: 'failed', scope: 'message', reason: line.why })
        break
      case 'typing':
        host.typing({ to: line.to, from: line.from, isTyping: line.isTyping })
        break
      case 'said':
        void takeSaid(host, 'carrier', line).then((kind) => write({ kind, id: line.id }))
        break
      default:
        // Never the line itself: it may hold words and addresses.
        host.log.warn('not-understood')
    }
  }

  function report(host: ChannelHost, what: Parameters<ChannelHost['report']>[0]): void {
    host.report(what).catch(() => host.log.warn('report-not-stored'))
  }

  /** What was written and not answered may have been taken: nobody can tell any more. */
  function lost(): void {
    for (const settle of unanswered.values()) settle({ status: 'unknown', reason: 'the connection ended' })
  }

  return {
    name: 'carrier',
    medium: 'xmpp',
    abilities: {
      addresses: 'per-place',
      style: 'lines',
      attachments: 'links',
      typing: true,
      receipts: 'delivered',
    },
    // Nothing tells the carrier that a line is the same as one before.
    repeatsUnknown: false,

    async start(host) {
      carrier = stayConnected(options, host, stopping.signal, { line: (line) => hear(host, readLine(line)), lost })
      await carrier.settled
    },

    async stop() {
      stopping.abort()
      await carrier?.ended
    },

    async send(delivery: OutboundDelivery): Promise<Outcome> {
      const { reference, relay, to } = delivery
      const from = relay === null ? `noreply@${options.domain}` : addressOf(relay.token)
      const { text } = renderLines(delivery)
      const answer = Promise.withResolvers<Outcome>()
      unanswered.set(reference, answer.resolve)
      const late = setTimeout(() => answer.resolve({ status: 'unknown', reason: 'no answer' }), answerMs)
      try {
        // Nothing left: certainly not taken. From here on only the carrier can say.
        if (!write({ kind: 'say', id: reference, from, to, text })) return { status: 'retry', reason: 'not connected' }
        return await answer.promise
      } finally {
        clearTimeout(late)
        unanswered.delete(reference)
      }
    },

    typing({ to, token, isTyping }) {
      write({ kind: 'typing', from: addressOf(token), to, isTyping })
    },

    health: () => carrier?.health() ?? { state: 'starting' },
  }
}
