import { createHash } from 'node:crypto'
import type { Abilities, Channel, ChannelHost, InboundAttachment, OutboundDelivery } from '@parley/channel-sdk'
import { type Parley, type ParleyOptions, startParley } from '@parley/dev-env/parley'
import { type ConversationId, type Medium, type PersonId, plainly } from '@parley/model'
import type { ConversationView, EnterResponse } from '@parley/protocol'
import { storeAttachments } from '../../attachments/index.ts'

/** The far end of mail, or of another medium: keeps what is sent, and hands in what a person writes. */
export class Postbox implements Channel {
  readonly name: string
  readonly medium: Medium
  readonly abilities: Abilities
  readonly repeatsUnknown: boolean
  readonly sent: OutboundDelivery[] = []
  #host: ChannelHost | null = null
  #count = 0

  constructor(medium: Medium = 'email') {
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
  async receives(address: string, words: string, notBefore = 0): Promise<OutboundDelivery> {
    for (let tries = 0; tries < 160; tries += 1) {
      const found = this.sent
        .slice(notBefore)
        .findLast((each) => each.to === address && JSON.stringify(each.content).includes(words))
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`nothing with "${words}" came to ${address}`)
  }

  async replies(to: OutboundDelivery, text: string, from: string, full = text, attachments: InboundAttachment[] = []) {
    if (!this.#host || !to.relay) throw new Error('nobody can answer that')
    this.#count += 1
    return this.#host.receive({
      channel: this.name,
      externalId: `${this.#count}-${createHash('sha256').update(text).digest('hex')}`,
      to: to.relay.pooled?.own ?? `${to.relay.token}@relay.test`,
      from: { address: from, standing: 'proven', why: 'test' },
      verdict: { kind: 'message' },
      said: { visible: text, full, cuts: [] },
      attachments,
      raw: Buffer.from(full),
      writtenAt: null,
      language: null,
      title: null,
    })
  }
}

export function linkIn(delivery: OutboundDelivery): URL {
  const block = delivery.content.blocks.find((each) => each.kind === 'link')
  if (!block) throw new Error('there is no link in it')
  return new URL(block.url)
}

export interface LinkRig {
  readonly parley: Parley
  readonly post: Postbox
  /** A visitor with an open conversation, who says something. */
  asks(text: string): Promise<Asker>
  call<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: T }>
}

export interface Asker {
  readonly person: PersonId
  readonly conversation: ConversationId
  says(text: string, files?: readonly InboundAttachment[]): Promise<void>
}

export async function startLinkRig(options: Partial<ParleyOptions> = {}): Promise<LinkRig> {
  const post = new Postbox()
  const parley = await startParley({
    account: {
      name: 'Fjord & Field',
      sites: [{ key: 'shop', name: 'Fjord & Field', domains: ['shop.test'], topics: [] }],
      responders: [
        { name: 'Bo Lindqvist', alias: 'Juniper', language: 'de', emails: ['bo@people.test'] },
        { name: 'Cleo Marchetti', alias: 'Heather', language: 'ar', emails: ['cleo@people.test'] },
      ],
    },
    channels: [post],
    ...options,
  })
  const call = async <T>(path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${parley.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  let count = 0
  return {
    parley,
    post,
    call,
    async asks(text) {
      const entered = await call<EnterResponse>('/api/visitor/enter', { site: 'shop' })
      const headers = { authorization: `Bearer ${entered.body.token}` }
      const begun = await call<ConversationView>('/api/visitor/conversation', {}, headers)
      const conversation = begun.body.id as ConversationId
      const row = await parley.server.db.workers
        .selectFrom('conversation')
        .select('visitor_id')
        .where('conversation_id', '=', conversation)
        .executeTakeFirstOrThrow()
      const asker: Asker = {
        person: row.visitor_id,
        conversation,
        async says(words, files = []) {
          count += 1
          const { account } = parley.account
          const { server } = parley
          const { kept } = await server.db.write(account, (tx) =>
            storeAttachments(tx, { account, person: row.visitor_id, files, maxBytes: 1_000_000, now: new Date() }),
          )
          const said = await parley.server.road.say({
            account: parley.account.account,
            person: row.visitor_id,
            to: { conversation },
            via: { medium: 'web', address: null },
            said: plainly(words),
            key: createHash('sha256').update(`${conversation} ${count}`).digest(),
            attachments: kept,
            form: null,
            unproven: false,
            rawBlob: null,
            writtenAt: null,
          })
          if (!said.ok) throw new Error(said.refusal)
        },
      }
      await asker.says(text)
      return asker
    },
  }
}
