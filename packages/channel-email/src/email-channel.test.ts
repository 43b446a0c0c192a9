import { channelContract } from '@parley/channel-sdk/conformance'
import { describe, it } from 'vitest'
import { aDelivery, aMail, emailRig, handing, OUR_ADDRESS, RELAY_DOMAIN, toldBy } from './email-rig.fixture.ts'

describe('the contract of every channel, kept by mail', () => {
  const checks = channelContract(async () => {
    const rig = await emailRig()
    return {
      channel: rig.channel,
      host: rig.host,
      ourAddress: OUR_ADDRESS,
      unknownAddress: `aaaaaaaaaaaaaaaaaaaaaaaa@${RELAY_DOMAIN}`,
      delivery: (reference, text) =>
        aDelivery({ reference, content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }),
      says: async (to, text, id) =>
        toldBy(await rig.speaks(handing(aMail({ text, to, id: `${id}@people.example` }), [to]))),
      arrived: async () => rig.farEnd.mails.map(({ raw }) => raw),
      refusesAddress: async () => {
        rig.farEnd.onRecipient = () => ({ code: 550, text: '5.1.1 <bo@people.example>: no such user' })
      },
      goesAway: () => rig.farEnd.close(),
      comesBack: async () => {
        await rig.farEnd.listen()
      },
      dispose: rig.dispose,
    }
  })
  for (const { title, run } of checks) it(title, run)
})
