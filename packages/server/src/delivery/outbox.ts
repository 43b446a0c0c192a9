import type { Channel, OutboundDelivery } from '@parley/channel-sdk'
import type { AccountId, Clock, LaneId, Medium } from '@parley/model'
import type { Database } from '../db/index.ts'
import { claimLanes, type LeasedLane, releaseLane } from './claim-lanes.ts'
import { NodeLease } from './node-lease.ts'
import { type AttemptedDelivery, beginAttempt, endAttempt, nextInLane, settleUnended } from './record-attempt.ts'
import { renderDelivery } from './render-delivery.ts'

export interface OutboxParts {
  readonly db: Database
  readonly clock: Clock
  readonly channels: readonly Channel[]
  readonly render: RenderSettings
  readonly log: OutboxLog
  /** From 0 to 1, for back-off. */
  readonly random?: () => number
  /** A delivery changed its state: for ticks in windows and lists at the desk. */
  readonly onChange?: (delivery: AttemptedDelivery['row'], state: string) => void
  /** Named points at which crash tests stop the process. */
  readonly point?: (name: OutboxPoint) => Promise<void> | void
}

export type OutboxPoint = 'before-attempt' | 'after-attempt' | 'after-peer' | 'after-outcome'

export interface RenderSettings {
  readonly publicUrl: string
  readonly mailDomain: string
  /** The link by which a responder reads the conversation again, for the reference of a delivery. */
  readonly reReadUrl: (reference: string) => string
}

export interface OutboxLog {
  warn(facts: Record<string, unknown>, message: string): void
}

const lanesAtOnce = 16
const idleMs = 1_000

/**
 * Hands deliveries to channels, lane by lane: within a lane in order, between lanes at once. The rows are the truth: an attempt is
 * committed before the peer is spoken to, so that after a crash exactly those attempts are unknown whose end was never written.
 */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #channels: ReadonlyMap<Medium, Channel>
  readonly #busy = new Set<Promise<void>>()
  #lease: NodeLease | null = null
  #timer: NodeJS.Timeout | null = null
  #claiming: Promise<void> | null = null
  #again = false
  #stopped = false

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.#channels = new Map(parts.channels.map((channel) => [channel.medium, channel]))
  }

  async start(): Promise<void> {
    this.#lease = await NodeLease.take(this.#parts.db.workerPool)
    await this.#recover()
    this.wake()
  }

  /** Something may be due: called after every commit of this process, and by the timer for the others'. */
  wake(): void {
    if (this.#stopped || !this.#lease) return
    if (this.#claiming) {
      this.#again = true
      return
    }
    this.#claiming = this.#claim().finally(() => {
      this.#claiming = null
      if (this.#again && this.#busy.size < lanesAtOnce) {
        this.#again = false
        this.wake()
      }
    })
  }

  /** Takes no more lanes and lets those under way finish. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#claiming
    await Promise.all(this.#busy)
    await this.#lease?.release()
  }

  async #recover(): Promise<void> {
    const { db, clock } = this.#parts
    const dead = (await this.#lease?.deadNodes(db.workerPool)) ?? []
    if (dead.length > 0) await settleUnended(this.#parts, dead, clock.now())
  }

  async #claim(): Promise<void> {
    const { db, clock, log } = this.#parts
    if (this.#timer) clearTimeout(this.#timer)
    try {
      await this.#recover()
      const room = lanesAtOnce - this.#busy.size
      if (this.#lease && room > 0) {
        const lanes = await claimLanes(db, {
          node: this.#lease.node,
          media: [...this.#channels.keys()],
          now: clock.now(),
          most: room,
        })
        for (const lane of lanes) this.#work(lane)
        if (lanes.length === room) this.#again = true
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'the outbox could not look for work and tries again')
    }
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), idleMs)
  }

  #work(lane: LeasedLane): void {
    const work = this.#workLane(lane)
      .catch((error: unknown) => {
        this.#parts.log.warn({ lane: lane.lane_id, error: String(error) }, 'a lane stopped and is taken up again')
      })
      .finally(() => {
        this.#busy.delete(work)
        this.wake()
      })
    this.#busy.add(work)
  }

  async #workLane(lane: LeasedLane): Promise<void> {
    const { db, clock } = this.#parts
    try {
      while (!this.#stopped) {
        const next = await nextInLane(db, lane.account_id, lane.lane_id, clock.now())
        if (!next) return
        await this.#deliver(lane.account_id, lane.lane_id, next)
      }
    } finally {
      await releaseLane(db, lane, clock.now())
    }
  }

  async #deliver(account: AccountId, lane: LaneId, next: AttemptedDelivery['row']): Promise<void> {
    const { point } = this.#parts
    const channel = this.#channels.get(next.medium)
    if (!channel) throw new Error(`a lane was claimed for ${next.medium}, which no channel speaks`)
    const rendered = await renderDelivery(this.#parts.db, this.#parts.render, next)
    await point?.('before-attempt')
    const attempt = await beginAttempt(this.#parts, account, lane, next)
    await point?.('after-attempt')
    const outcome = rendered
      ? await this.#send(channel, rendered)
      : ({ status: 'rejected', scope: 'message', reason: 'nothing-to-send' } as const)
    await point?.('after-peer')
    const state = await endAttempt(this.#parts, attempt, outcome)
    await point?.('after-outcome')
    this.#parts.onChange?.(next, state)
  }

  async #send(channel: Channel, delivery: OutboundDelivery) {
    try {
      return await channel.send(delivery)
    } catch (error) {
      // A channel's promise broken: nobody can say what the peer has.
      return { status: 'unknown', reason: `channel-threw: ${error instanceof Error ? error.name : 'unknown'}` } as const
    }
  }
}
