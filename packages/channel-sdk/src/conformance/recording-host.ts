import type { Clock } from '@parley/model'
import type { ChannelHost, ChannelLog } from '../channel.ts'
import type { AddressVerdict, Inbound, Receipt } from '../inbound.ts'
import { alwaysGranted, type Lease } from '../lease.ts'
import type { DeliveryReport } from '../outcome.ts'
import type { InboundPresence, InboundTyping } from '../signals.ts'

/** A server as a channel sees one, that keeps what it is given and answers what it is told to. */
export class RecordingHost implements ChannelHost {
  readonly received: Inbound[] = []
  readonly reports: DeliveryReport[] = []
  readonly logged: string[] = []
  readonly typings: InboundTyping[] = []
  readonly presences: InboundPresence[] = []
  readonly httpUrl = 'https://parley.example/channels/kit'
  readonly clock: Clock
  readonly log: ChannelLog
  /** Addresses of ours in use; every other is unknown. */
  readonly addresses = new Map<string, AddressVerdict>()
  /** What `receive` does after it has kept the inbound. Replace it to refuse, to wait, or to fail as a database that is down. */
  answer: (inbound: Inbound) => Promise<Receipt> | Receipt = () => ({
    outcome: 'accepted',
    messageId: `message-${this.received.length}`,
  })

  /** What is answered to a report after it was kept. */
  answerReport: (report: DeliveryReport) => 'taken' | 'unknown' | 'nothing-new' = () => 'taken'
  lease: Lease = alwaysGranted

  constructor(clock: Clock = { now: () => new Date() }) {
    this.clock = clock
    const keep = (event: string, facts?: Record<string, string | number | boolean>) => {
      this.logged.push(JSON.stringify({ event, ...facts }))
    }
    this.log = { info: keep, warn: keep }
  }

  uses(...addresses: string[]): this {
    for (const address of addresses) this.addresses.set(address, { accepts: true, maxBytes: 30_000_000 })
    return this
  }

  async receive(inbound: Inbound): Promise<Receipt> {
    this.received.push(inbound)
    return this.answer(inbound)
  }

  async mayReceive(address: string): Promise<AddressVerdict> {
    return this.addresses.get(address) ?? { accepts: false, because: 'unknown' }
  }

  async report(report: DeliveryReport): Promise<'taken' | 'unknown' | 'nothing-new'> {
    this.reports.push(report)
    return this.answerReport(report)
  }

  typing(signal: InboundTyping): void {
    this.typings.push(signal)
  }

  presence(signal: InboundPresence): void {
    this.presences.push(signal)
  }
}
