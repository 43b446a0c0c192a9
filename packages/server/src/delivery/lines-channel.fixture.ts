import { type Channel, type Health, type OutboundDelivery, type Outcome, renderLines } from '@parley/channel-sdk'
import { spoken } from '../channels/receive-rig.fixture.ts'

/** A channel of short lines that does what the test says, and keeps what it was given as its reader reads it. */
export class LinesChannel implements Channel {
  readonly name: string
  readonly medium: 'sms' | 'xmpp' | 'sip'
  readonly abilities: (typeof spoken)['sms' | 'xmpp' | 'sip']['abilities']
  readonly repeatsUnknown = false
  readonly given: OutboundDelivery[] = []
  state: Health = { state: 'up' }
  outcome: (delivery: OutboundDelivery) => Outcome = () => ({ status: 'sent' })

  constructor(medium: 'sms' | 'xmpp' | 'sip', name = `${medium} of a test`) {
    this.name = name
    this.medium = medium
    this.abilities = spoken[medium].abilities
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  health(): Health {
    return this.state
  }

  async send(delivery: OutboundDelivery): Promise<Outcome> {
    this.given.push(delivery)
    return this.outcome(delivery)
  }

  /** From which address of ours, and what. */
  read(): { from: string | null; text: string }[] {
    return this.given.map((delivery) => ({
      from: delivery.relay?.pooled?.own ?? delivery.own ?? null,
      text: renderLines(delivery).text,
    }))
  }
}
