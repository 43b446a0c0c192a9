import { channelContract } from '@parley/channel-sdk/conformance'
import { describe, expect, it } from 'vitest'
import { aDelivery, aMessage, DOMAIN, OUR_ADDRESS, overTcp, responseTo, sipRig, toldBy } from './sip-rig.fixture.ts'

describe('the contract of every channel, kept by SIP', () => {
  const checks = channelContract(async () => {
    const rig = await sipRig()
    const { farEnd } = rig
    return {
      channel: rig.channel,
      host: rig.host,
      ourAddress: OUR_ADDRESS,
      unknownAddress: `aaaaaaaaaaaaaaaaaaaaaaaaaa@${DOMAIN}`,
      delivery: (reference, text) =>
        aDelivery({ reference, content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }),
      says: async (to, text, id) => toldBy(await overTcp(rig.channel.ports.TCP ?? 0, aMessage({ to, text, id }))),
      arrived: async () => farEnd.messages,
      refusesAddress: async () => {
        farEnd.onMessage = (raw) => responseTo(raw, '404 Not Found')
      },
      goesAway: () => farEnd.close(),
      comesBack: () => farEnd.listen(),
      dispose: rig.dispose,
    }
  })
  for (const { title, run } of checks) it(title, run)
})

describe('starting', () => {
  it('a port in use is said at once, since no waiting will mend it', async () => {
    const first = await sipRig()
    await first.channel.start(first.host)
    const listen = { host: '127.0.0.1', udp: null, tcp: first.channel.ports.TCP ?? 0, tls: null, ws: null, wss: null }
    const second = await sipRig({ listen })
    await expect(second.channel.start(second.host)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.channel.stop()
    await first.dispose()
    await second.dispose()
  })
})
