import type { Channel, OutboundDelivery } from '@parley/channel-sdk'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { type Smsc, type SmscOptions, startSmsc } from '@parley/dev-env/smsc'
import { waitFor } from '@parley/dev-env/wait-for'
import { createSmppChannel, type SmppChannelOptions } from './smpp-channel.ts'

export const OUR_NUMBER = '+4790010001'
export const BO = '+4790055501'

/** The channel on loopback with a service centre that nobody here wrote the protocol of. */
export interface SmppRig {
  channel: Channel
  host: RecordingHost
  smsc: Smsc
  dispose(): Promise<void>
}

export async function smppRig(
  options: Partial<SmppChannelOptions> = {},
  smscOptions: SmscOptions = {},
): Promise<SmppRig> {
  const smsc = await startSmsc(smscOptions)
  const host = new RecordingHost().uses(OUR_NUMBER)
  const channel = createSmppChannel({
    smsc: {
      host: smsc.host,
      port: smsc.port,
      tls: null,
      systemId: smsc.systemId,
      password: smsc.password,
      systemType: '',
      isSingle: true,
    },
    reconnecting: { firstMs: 50, longestMs: 200 },
    throttling: { firstMs: 50, longestMs: 200 },
    partsPatience: { answerMs: 300, giveUpMs: 5_000 },
    ...options,
  })
  return { channel, host, smsc, dispose: () => smsc.close() }
}

export function aDelivery(changes: Partial<OutboundDelivery> = {}, text = 'Are you open on Sunday?'): OutboundDelivery {
  return {
    reference: 'r7f3a9c2e41b',
    to: BO,
    relay: { token: 'k5x2mq7vb3ndtz4wj6ayrc2e', alias: 'Blue Heron', pooled: { own: OUR_NUMBER, tag: null } },
    kind: 'message',
    language: 'en',
    content: { blocks: [{ kind: 'said', by: null, text, at: null }] },
    attachments: [],
    thread: { subject: 'A question from the shop', references: [] },
    maybeTwice: false,
    ...changes,
  }
}

export const isUp = (channel: Channel) =>
  waitFor('the channel to be up', () => channel.health().state === 'up', {
    timeoutMs: 30_000,
    instead: () => channel.health(),
  })

/** Runs with the channel up, and cleans up. */
export async function whileUp(
  work: (rig: SmppRig) => Promise<void>,
  options: Partial<SmppChannelOptions> = {},
  smscOptions: SmscOptions = {},
): Promise<void> {
  const rig = await smppRig(options, smscOptions)
  try {
    await rig.channel.start(rig.host)
    await isUp(rig.channel)
    await work(rig)
  } finally {
    await rig.channel.stop()
    await rig.dispose()
  }
}
