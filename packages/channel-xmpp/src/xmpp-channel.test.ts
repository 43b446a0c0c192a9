import { channelContract } from '@parley/channel-sdk/conformance'
import { describe, it } from 'vitest'
import { aDelivery, DOMAIN, eventually, OUR_ADDRESS, xmppRig } from './xmpp-rig.fixture.ts'

describe('the contract of every channel, kept by XMPP', () => {
  const checks = channelContract(async () => {
    const { channel, host, server, dispose } = await xmppRig()
    return {
      channel,
      host,
      ourAddress: OUR_ADDRESS,
      unknownAddress: `aaaaaaaaaaaaaaaaaaaaaaaaaa@${DOMAIN}`,
      delivery: (reference, text) =>
        aDelivery({ reference, content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }),
      async says(to, text, id) {
        const before = server.arrived.length
        server.message(to, text, id)
        return eventually(() => server.toldAbout(id, before), 'an answer')
      },
      arrived: async () => server.arrived.map(({ raw }) => raw),
      async refusesAddress() {
        server.isRefusing = true
      },
      async goesAway() {
        await server.close()
        await eventually(() => channel.health().state === 'down', 'the end of the connection to be noticed')
      },
      async comesBack() {
        await server.listen()
      },
      dispose,
    }
  })
  for (const { title, run } of checks) it(title, run)
})
