import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, ChannelHost, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import { ChannelHealth } from './channel-health.ts'
import { composeSms } from './compose-sms.ts'
import { writeNumber } from './numbers.ts'
import { RecentIds } from './receipts/recent-ids.ts'
import { type ReceiptTeller, tellReceipts } from './receipts/tell-receipts.ts'
import { BackOff } from './smpp/back-off.ts'
import { type Binding, keepBound, type SmscOptions } from './smpp/keep-bound.ts'
import type { SessionLimits } from './smpp/session.ts'
import { submit } from './smpp/submit.ts'
import type { PartsPatience } from './take/assemble-parts.ts'
import { type Giving, giveMessages } from './take/give-messages.ts'
import { takeMessages } from './take/take-message.ts'
import type { DefaultAlphabet } from './text/decode-text.ts'
import { encodeSegments } from './text/encode-segments.ts'

export interface SmppChannelOptions {
  /** Unique among the configured channels. Default `sms`. */
  name?: string
  smsc: SmscOptions
  /** What the SMSC means by data coding 0. Default `gsm`. */
  defaultAlphabet?: DefaultAlphabet
  /** Whose numbers come without a country code, as `47`. Default null: none. */
  countryCode?: string | null
  /** See `ComposeOptions`. Default null. */
  sender?: string | null
  /** Default 10. */
  mostSegments?: number
  /** Default 10 at once, 30 s for an answer, a question after 30 s of silence. */
  limits?: Partial<SessionLimits>
  /** How long parts of a long message are waited for. */
  partsPatience?: PartsPatience
  /** Waits before connecting again. Default from 1 s to 60 s. */
  reconnecting?: { firstMs: number; longestMs: number }
  /** Waits when the SMSC has too much to do. Default from 1 s to 60 s. */
  throttling?: { firstMs: number; longestMs: number }
}

const usualLimits: SessionLimits = { window: 10, answerMs: 30_000, quietMs: 30_000 }
/** Half a message is waited for this long before it becomes unknown. */
const REST_MS = 60_000

/** The gateway to a short message service centre, by SMPP 3.4 as a transceiver. */
export function createSmppChannel(options: SmppChannelOptions): Channel {
  const name = options.name ?? 'sms'
  let running: Running | null = null

  return {
    name,
    medium: 'sms',
    abilities: { addresses: 'pooled', style: 'lines', attachments: 'links', typing: false, receipts: 'delivered' },
    repeatsUnknown: false,
    async start(host) {
      running = run(name, host, options)
    },
    async send(delivery) {
      if (!running) return { status: 'retry', reason: 'the channel is not running' }
      const { underWay } = running
      const sending = send(delivery, running, options)
      underWay.add(sending)
      try {
        return await sending
      } finally {
        underWay.delete(sending)
      }
    },
    async stop() {
      const stopping = running
      running = null
      if (!stopping) return
      const { binding, receipts, giving, underWay, isStopping } = stopping
      isStopping.abort()
      giving.stop()
      receipts.stop()
      await Promise.race([Promise.allSettled(underWay), sleep(8_000, undefined, { ref: false })])
      await binding.stop()
      await Promise.allSettled(underWay)
    },
    health: () => running?.health.now() ?? { state: 'starting' },
  }
}

interface Running {
  host: ChannelHost
  health: ChannelHealth
  binding: Binding
  backOff: BackOff
  recent: RecentIds
  receipts: ReceiptTeller
  giving: Giving
  underWay: Set<Promise<Outcome>>
  isStopping: AbortController
}

function run(name: string, host: ChannelHost, options: SmppChannelOptions): Running {
  const health = new ChannelHealth(host.clock)
  const recent = new RecentIds()
  const receipts = tellReceipts(host, recent)
  const context = { defaultAlphabet: options.defaultAlphabet ?? 'gsm', countryCode: options.countryCode ?? null }
  const giving = giveMessages({ channel: name, by: 'the SMSC', host, patience: options.partsPatience })
  const binding = keepBound(
    options.smsc,
    { ...usualLimits, ...options.limits },
    {
      host,
      leaseName: `${name}:smsc`,
      health,
      take: takeMessages({ host, context, receipts, giving }),
      onEnded: giving.connectionEnded,
      ...(options.reconnecting ? { patience: options.reconnecting } : {}),
    },
  )
  const backOff = new BackOff(options.throttling ?? { firstMs: 1_000, longestMs: 60_000 })
  const isStopping = new AbortController()
  return { host, health, binding, backOff, recent, receipts, giving, underWay: new Set(), isStopping }
}

async function send(delivery: OutboundDelivery, running: Running, options: SmppChannelOptions): Promise<Outcome> {
  const composed = composeSms(delivery, { sender: options.sender ?? null, mostSegments: options.mostSegments ?? 10 })
  if (!composed.ok) return { status: 'rejected', reason: composed.reason, scope: composed.scope }
  const { from, to, text, reference } = composed.sms
  const { binding, backOff, host, recent, isStopping } = running
  return submit(
    { from: writeNumber(from), to: writeNumber(to), segments: encodeSegments(text, reference) },
    {
      session: () => (isStopping.signal.aborted ? null : binding.current()),
      backOff,
      now: () => host.clock.now(),
      pause: (ms) => sleep(ms, undefined, { signal: isStopping.signal }).catch(() => undefined),
      isStopping: () => isStopping.signal.aborted,
      patienceMs: REST_MS,
      onTaken: (id) => recent.remember(id, to),
    },
  )
}
