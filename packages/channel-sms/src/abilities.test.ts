import { abilityContract } from '@parley/channel-sdk/conformance'
import { waitFor } from '@parley/dev-env/wait-for'
import { describe, it } from 'vitest'
import { createSmppChannel } from './smpp-channel.ts'
import { aDelivery, BO, isUp, OUR_NUMBER, smppRig } from './smpp-rig.fixture.ts'

const another = '+4790010002'
const smsc = { host: '127.0.0.1', port: 1, tls: null, systemId: 's', password: 'p', systemType: '', isSingle: true }
const { abilities } = createSmppChannel({ smsc })

describe('what SMS can do, kept by SMPP', () => {
  const checks = abilityContract(abilities, async () => {
    const rig = await smppRig({}, { receipts: 'none' })
    const { channel, smsc } = rig
    rig.host.uses(another)
    return {
      channel: {
        ...channel,
        async start(host) {
          await channel.start(host)
          await isUp(channel)
        },
      },
      host: rig.host,
      ourAddress: OUR_NUMBER,
      anotherAddress: another,
      unknownAddress: '+4790019999',
      delivery: (reference, text) => aDelivery({ reference }, text),
      says: (to, text, id) => smsc.phone(BO).sends(text, to, { id, tries: 1 }),
      arrived: async () => smsc.submitted.map(({ text }) => text),
      arrivedFrom: async () => smsc.submitted.map(({ from }) => `+${from.replace(/^\+/, '')}`),
      async reports(state) {
        for (const { id, from, to } of smsc.submitted) {
          const text = `id:${id} sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:${state === 'failed' ? 'UNDELIV' : 'DELIVRD'} err:000 text:`
          await smsc.deliver({ source_addr: to, destination_addr: from, esm_class: 4, short_message: text })
        }
      },
      refusesAddress: async () => {
        smsc.judge = () => ({ status: 0x0b })
      },
      goesAway: async () => {
        await smsc.close()
        await waitFor('the channel to notice', () => channel.health().state === 'down')
      },
      comesBack: async () => {
        await smsc.listen()
      },
      dispose: rig.dispose,
    }
  })
  for (const { title, run } of checks) it(title, run)
})
