import type { OutboundDelivery } from '@parley/channel-sdk'
import { type AbilityRig, abilityContract, channelContract, RecordingHost } from '@parley/channel-sdk/conformance'
import { describe, expect, it } from 'vitest'
import { Carrier } from './carrier.fixture.ts'
import { createCarrierChannel } from './carrier-channel.ts'

const domain = 'chat.example'
const token = 'k5x2mq7vb3ndtz4wj6ayrc2efg'
const anotherToken = 'a5x2mq7vb3ndtz4wj6ayrc2efg'

function aDelivery(reference: string, text: string): OutboundDelivery {
  return {
    reference,
    to: 'bo',
    relay: { token, alias: 'Blue Heron' },
    kind: 'message',
    language: 'en',
    content: { blocks: [{ kind: 'said', by: null, text, at: null }] },
    attachments: [],
    thread: { subject: 'A question', references: [] },
    maybeTwice: false,
  }
}

/** A channel and its far end, for one check. */
async function carrierRig(): Promise<AbilityRig & { carrier: Carrier }> {
  const carrier = await new Carrier().listen()
  const channel = createCarrierChannel({ host: '127.0.0.1', port: carrier.port, domain })
  const host = new RecordingHost().uses(`${token}@${domain}`, `${anotherToken}@${domain}`)
  return {
    carrier,
    channel,
    host,
    ourAddress: `${token}@${domain}`,
    anotherAddress: `${anotherToken}@${domain}`,
    anotherToken,
    unknownAddress: `${'a'.repeat(26)}@${domain}`,
    delivery: aDelivery,
    says: (to, text, id) => carrier.says(to, text, id),
    arrived: async () => carrier.arrived.map((said) => JSON.stringify(said)),
    arrivedFrom: async () => carrier.arrived.map(({ from }) => from),
    refusesAddress: async () => {
      carrier.refuses = true
    },
    goesAway: async () => {
      await carrier.close()
      await expect.poll(() => channel.health().state, { timeout: 30_000 }).toBe('down')
    },
    comesBack: async () => {
      await carrier.listen()
    },
    typing: {
      says: async (to, isTyping) => carrier.types(to, isTyping),
      seen: async () => carrier.typings,
    },
    reports: async (state) => carrier.reports(state === 'failed' ? 'failed' : 'delivered'),
    dispose: () => carrier.close(),
  }
}

describe('the contract of every channel, kept by the carrier', () => {
  for (const { title, run } of channelContract(carrierRig)) it(title, run)
})

describe('what the carrier can do, kept by its channel', () => {
  const { abilities } = createCarrierChannel({ host: '127.0.0.1', port: 1, domain })
  for (const { title, run } of abilityContract(abilities, carrierRig)) it(title, run)
})

describe('what only this medium brings', () => {
  async function withRig(play: (rig: Awaited<ReturnType<typeof carrierRig>>) => Promise<void>) {
    const rig = await carrierRig()
    await rig.channel.start(rig.host)
    try {
      await play(rig)
    } finally {
      await rig.channel.stop()
      await rig.dispose()
    }
  }

  it('a line that nobody understands, or that never ends, hurts nothing that comes after it', () =>
    withRig(async ({ carrier, channel, host, says, ourAddress }) => {
      carrier.writeRaw('{"kind":"weather"}\n[]\nnonsense\n{"kind":"said","id":7}\n')
      expect(await says(ourAddress, 'Hello', 'id-1')).toBe('taken')
      carrier.writeRaw('x'.repeat(50_000))
      await expect.poll(() => channel.health().state, { timeout: 30_000 }).not.toBe('up')
      await expect.poll(() => channel.health().state, { timeout: 30_000 }).toBe('up')
      expect(await says(ourAddress, 'Hello again', 'id-2')).toBe('taken')
      expect(host.logged.join()).not.toContain('weather')
    }))

  it('what was said when the connection ended, and not answered, may have been taken', () =>
    withRig(async ({ carrier, channel }) => {
      carrier.hangsUp = true
      expect((await channel.send(aDelivery('ref-lost', 'Did this arrive?'))).status).toBe('unknown')
      expect(carrier.arrived).toHaveLength(1)
    }))

  it('while another process has the connection, the channel stands by and sends nothing', async () => {
    const rig = await carrierRig()
    let grant: () => void = () => undefined
    const isFree = new Promise<void>((resolve) => {
      grant = resolve
    })
    rig.host.lease = async (_, isStopping) => {
      await isFree
      isStopping.throwIfAborted()
      return { isLost: new AbortController().signal, release: async () => undefined }
    }
    await rig.channel.start(rig.host)
    expect(rig.channel.health()).toEqual({ state: 'standby' })
    expect((await rig.channel.send(aDelivery('ref-standby', 'Hello'))).status).toBe('retry')
    grant()
    await expect.poll(() => rig.channel.health().state, { timeout: 30_000 }).toBe('up')
    expect((await rig.channel.send(aDelivery('ref-standby', 'Hello'))).status).toBe('sent')
    await rig.channel.stop()
    await rig.dispose()
  })
})
