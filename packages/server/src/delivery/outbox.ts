import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import type { AccountId, AttachmentId, Clock, LaneId, Medium, PersonId } from '@parley/model'
import type { Database } from '../db/index.ts'
import { claimLanes, type LeasedLane, releaseLane } from './claim-lanes.ts'
import { isPassing } from './is-passing.ts'
import { NodeLease } from './node-lease.ts'
import {
  beginAttempt,
  type DeliveryRow,
  dropUnsayable,
  endAttempt,
  nextInLane,
  settleUnended,
  settleUnendedIn,
} from './record-attempt.ts'
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
  readonly onChange?: (delivery: DeliveryRow, state: string) => void
  /** Named points at which crash tests stop the process. */
  readonly point?: (name: OutboxPoint) => Promise<void> | void
}

export type OutboxPoint = 'before-attempt' | 'after-attempt' | 'after-peer' | 'after-outcome'

export interface RenderSettings {
  readonly publicUrl: string
  readonly mailDomain: string
  /** The link by which a responder reads the conversation again, for the reference of a delivery. */
  readonly reReadUrl: (reference: string) => string
  /** A page that gives the file to whoever has its address, until it expires. */
  readonly fileUrl: (account: AccountId, attachment: AttachmentId) => string
  /** The link by which a responder pauses or leaves, for the reference of a delivery. */
  readonly membershipUrl: (reference: string, joinKey: string) => string
  /** Has this person a window or the desk open, as far as this process knows? Then they need not be told that something waits. */
  readonly isThere?: (person: PersonId) => boolean
}

export interface OutboxLog {
  warn(facts: Record<string, unknown>, message: string): void
}

const lanesAtOnce = 16
const idleMs = 1_000
/** A lane that stopped for a reason of ours is not taken up again at once, so that a fault does not spin. */
const afterFaultMs = 5_000
const longestWaitMs = 2_000

/**
 * Hands deliveries to channels, lane by lane: within a lane in order, between lanes at once. The rows are the truth: an attempt is
 * committed before the peer is spoken to, so that after a crash exactly those attempts are unknown whose end was never written.
 *
 *   lease held → claim lanes → for each: next delivery → begin (committed) → send → end (committed) → … → give back
 *
 * When the database goes away, ends are written as soon as it is back. When the lease was lost with it, nothing is claimed until the lanes
 * under way are done, and then under a new one; another process may have settled them meanwhile, and what it decided stands.
 */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #channels: ReadonlyMap<Medium, Channel>
  readonly #busy = new Map<LaneId, Promise<void>>()
  #lease: NodeLease | null = null
  #timer: NodeJS.Timeout | null = null
  #claiming: Promise<void> | null = null
  #again = false
  #isStopped = false
  /** A claim may have been committed without our hearing of it. */
  #isUncertain = false
  #recoveredAt = Number.NEGATIVE_INFINITY

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.#channels = new Map(parts.channels.map((channel) => [channel.medium, channel]))
  }

  async start(): Promise<void> {
    this.#lease = await this.#takeLease()
    await this.#recover(this.#lease)
    this.wake()
  }

  /** Something may be due: called after every commit of this process, and by the timer for the others'. */
  wake(): void {
    if (this.#isStopped || !this.#lease) return
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
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#claiming
    await Promise.all(this.#busy.values())
    this.#lease?.release()
    this.#lease = null
  }

  #takeLease(): Promise<NodeLease> {
    return NodeLease.take(this.#parts.db.workerPool, () => this.wake())
  }

  /** The lease under which lanes may be claimed; null while lanes of a lost one are still under way. */
  async #heldLease(): Promise<NodeLease | null> {
    const lost = this.#lease
    if (!lost?.isLost) return lost
    if (this.#busy.size > 0) return null
    const lease = await this.#takeLease()
    lost.release()
    this.#lease = lease
    await settleUnended(this.#parts, [lost.node])
    return lease
  }

  async #recover(lease: NodeLease): Promise<void> {
    if (this.#isUncertain) {
      await settleUnended(this.#parts, [lease.node], [...this.#busy.keys()])
      this.#isUncertain = false
    }
    if (performance.now() - this.#recoveredAt < idleMs / 2) return
    this.#recoveredAt = performance.now()
    const dead = await lease.deadNodes(this.#parts.db.workerPool)
    if (dead.length > 0) await settleUnended(this.#parts, dead)
  }

  async #claim(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    try {
      const lease = await this.#heldLease()
      if (lease) {
        await this.#recover(lease)
        await this.#claimUnder(lease)
      }
    } catch (error) {
      this.#isUncertain = true
      this.#again = false
      this.#parts.log.warn({ error: String(error) }, 'the outbox could not look for work and tries again')
    }
    if (!this.#isStopped) this.#timer = setTimeout(() => this.wake(), idleMs)
  }

  async #claimUnder(lease: NodeLease): Promise<void> {
    const { db, clock } = this.#parts
    const room = lanesAtOnce - this.#busy.size
    if (room <= 0 || this.#isStopped || lease.isLost) return
    const media = [...this.#channels.keys()].filter((medium) => !this.#isElsewhere(medium))
    const lanes = await claimLanes(db, { node: lease.node, media, now: clock.now(), most: room })
    for (const lane of lanes) this.#work(lane, lease)
    if (lanes.length === room) this.#again = true
  }

  #work(lane: LeasedLane, lease: NodeLease): void {
    const work = this.#workLane(lane, lease)
      .catch((error: unknown) => {
        this.#isUncertain = true
        this.#parts.log.warn({ lane: lane.lane_id, error: String(error) }, 'a lane could not be given back yet')
      })
      .finally(() => {
        this.#busy.delete(lane.lane_id)
        this.wake()
      })
    this.#busy.set(lane.lane_id, work)
  }

  async #workLane(lane: LeasedLane, lease: NodeLease): Promise<void> {
    const { db, clock, log } = this.#parts
    let notBefore = 0
    try {
      while (!this.#isStopped && !lease.isLost && !this.#isElsewhere(lane.medium)) {
        const next = await nextInLane(db, lane.account_id, lane.lane_id, clock.now())
        if (!next) break
        await this.#deliver(lane, lease, next)
      }
    } catch (error) {
      log.warn({ lane: lane.lane_id, error: String(error) }, 'a lane stopped and is taken up again')
      notBefore = isPassing(error) ? 0 : clock.now().getTime() + afterFaultMs
      await this.#surely(() => settleUnendedIn(this.#parts, lane, lease.node))
    }
    await this.#surely(() => releaseLane(db, lane, lease.node, new Date(Math.max(notBefore, clock.now().getTime()))))
  }

  /** Another process has the one connection that the peer allows: what is to go over it is that process's to send. */
  #isElsewhere(medium: Medium): boolean {
    return this.#channels.get(medium)?.health().state === 'standby'
  }

  async #deliver(lane: LeasedLane, lease: NodeLease, next: DeliveryRow): Promise<void> {
    const { point } = this.#parts
    const channel = this.#channels.get(next.medium)
    if (!channel) throw new Error(`a lane was claimed for ${next.medium}, which no channel speaks`)
    const rendered = await this.#render(channel, next)
    if (rendered === null) {
      await dropUnsayable(this.#parts, next)
      return
    }
    await point?.('before-attempt')
    const attempt = await beginAttempt(this.#parts, lane, lease.node, next)
    if (!attempt) return
    await point?.('after-attempt')
    const outcome = 'status' in rendered ? rendered : await this.#send(channel, rendered)
    await point?.('after-peer')
    const state = await this.#surely(() => endAttempt(this.#parts, channel.name, attempt, outcome))
    await point?.('after-outcome')
    this.#parts.onChange?.(next, state)
  }

  /** What cannot be put into words for a reason of ours would stop its lane for good: it fails alone, for the desk to show. */
  async #render(channel: Channel, row: DeliveryRow): Promise<OutboundDelivery | Outcome | null> {
    try {
      return await renderDelivery(this.#parts.db, this.#parts.render, row, channel.abilities)
    } catch (error) {
      if (isPassing(error)) throw error
      this.#parts.log.warn(
        { delivery: row.delivery_id, error: String(error) },
        'a delivery could not be put into words',
      )
      return { status: 'rejected', scope: 'message', reason: 'could-not-be-rendered' }
    }
  }

  async #send(channel: Channel, delivery: OutboundDelivery): Promise<Outcome> {
    try {
      return await channel.send(delivery)
    } catch (error) {
      // A channel's promise broken: nobody can say what the peer has.
      return { status: 'unknown', reason: `channel-threw: ${error instanceof Error ? error.name : 'unknown'}` }
    }
  }

  /** What is known must be written, however long the database is away; only the end of this process gives it up. */
  async #surely<T>(write: () => Promise<T>): Promise<T> {
    for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      try {
        return await write()
      } catch (error) {
        if (this.#isStopped || !isPassing(error)) throw error
        await sleep(waitMs)
      }
    }
  }
}
