import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { alwaysGranted, type ChannelHost, type OutboundDelivery } from '@parley/channel-sdk'
import type { Carrying } from './carrying.ts'
import { channelFor } from './channel-for.ts'
import { type CarrierGiven, ownNumber, personOn, tokenOf } from './medium.ts'

/** A channel before a server that takes everything at once and forgets it. */
export async function carryAlone(given: CarrierGiven): Promise<Carrying> {
  const { channel, port } = channelFor(given)
  let count = 0
  const host: ChannelHost = {
    receive: async () => ({ outcome: 'accepted', messageId: String(++count) }),
    mayReceive: async () => ({ accepts: true, maxBytes: 1e7 }),
    report: async () => 'taken',
    typing: () => undefined,
    presence: () => undefined,
    lease: alwaysGranted,
    httpUrl: 'http://localhost/channels/bench',
    clock: { now: () => new Date() },
    log: { info: () => undefined, warn: () => undefined },
  }
  await channel.start(host)
  while (channel.health().state !== 'up') await sleep(20)
  return {
    port: port(),
    async send(index, text) {
      const outcome = await channel.send(delivery(given, index, text))
      if (outcome.status !== 'sent') throw new Error(`not sent: ${JSON.stringify(outcome)}`)
    },
    stop: () => channel.stop(),
  }
}

function delivery({ medium }: CarrierGiven, index: number, text: string): OutboundDelivery {
  return {
    reference: randomBytes(16).toString('hex'),
    to: personOn(medium, index),
    relay: {
      token: tokenOf(index),
      alias: 'Visitor',
      ...(medium === 'sms' ? { pooled: { own: ownNumber, tag: null } } : {}),
    },
    kind: 'message',
    language: 'en',
    content: { blocks: [{ kind: 'said', by: null, text, at: null }] },
    attachments: [],
    thread: { subject: 'Your conversation', references: [] },
    maybeTwice: false,
  }
}
