import { channelContract } from '@parley/channel-sdk/conformance'
import { describe, expect, it } from 'vitest'
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

describe('starting', () => {
  it('a port in use is said at once, since no waiting will mend it', async () => {
    const first = await emailRig()
    await first.channel.start(first.host)
    const port = first.channel.smtpPort ?? 0
    const second = await emailRig({
      smtpIn: { host: '127.0.0.1', port, maxBytes: 1_000, maxConnections: 1, maxRecipients: 1 },
    })
    await expect(second.channel.start(second.host)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await second.channel.stop()
    await second.dispose()
    await first.channel.stop()
    await first.dispose()
  })

  it('a relay that is down from the start is a state of health, seen before the first mail', async () => {
    const rig = await emailRig()
    await rig.farEnd.close()
    await rig.channel.start(rig.host)
    while (rig.channel.health().state === 'starting') await new Promise((resolve) => setTimeout(resolve, 20))
    expect(rig.channel.health()).toMatchObject({
      state: 'down',
      reason: 'sending: the mail server could not be reached (ECONNREFUSED)',
      since: expect.any(Date),
    })
    await rig.channel.stop()
  })
})
