import { randomUUID } from 'node:crypto'
import type { Abilities, Channel, ChannelHost, OutboundDelivery, Receipt } from '@parley/channel-sdk'
import { type Medium, plainly } from '@parley/model'
import { expect } from 'vitest'

/** The far end of a medium, where the play is not about the medium itself: keeps what is sent, and hands in what somebody writes there. */
export class FarEnd implements Channel {
  readonly name: string
  readonly medium: Medium
  readonly abilities: Abilities
  readonly repeatsUnknown: boolean
  readonly sent: OutboundDelivery[] = []
  #host: ChannelHost | null = null

  constructor(medium: Medium) {
    this.name = medium
    this.medium = medium
    this.repeatsUnknown = medium === 'email'
    const style = medium === 'email' ? 'letters' : 'lines'
    this.abilities = { addresses: 'per-place', style, attachments: 'bytes', typing: false, receipts: 'read' }
  }

  async start(host: ChannelHost): Promise<void> {
    this.#host = host
  }

  async stop(): Promise<void> {}

  async send(delivery: OutboundDelivery) {
    this.sent.push(delivery)
    return { status: 'sent' } as const
  }

  health() {
    return { state: 'up' } as const
  }

  /** Waits for something sent to an address whose texts hold these words. */
  async receives(address: string, words: string): Promise<OutboundDelivery> {
    const found = () =>
      this.sent.findLast((each) => each.to === address && JSON.stringify(each.content).includes(words))
    await expect.poll(() => found() !== undefined, { timeout: 30_000, message: `${words} at ${address}` }).toBe(true)
    return found() as OutboundDelivery
  }

  /** The code that came to an address. */
  async codeAt(address: string): Promise<string> {
    const { content } = await this.receives(address, '"kind":"code"')
    return content.blocks.find((block) => block.kind === 'code')?.code ?? 'no code'
  }

  /** Answers what came to an address, from it. */
  async replies(to: OutboundDelivery, text: string): Promise<Receipt> {
    if (!this.#host || !to.relay) throw new Error('nobody can answer that')
    return this.#host.receive({
      channel: this.name,
      externalId: randomUUID(),
      to: `${to.relay.token}@relay.test`,
      from: { address: to.to, standing: 'proven', why: 'the play says so' },
      verdict: { kind: 'message' },
      said: plainly(text),
      attachments: [],
      raw: Buffer.from(text),
      writtenAt: null,
      language: null,
      title: null,
    })
  }
}
