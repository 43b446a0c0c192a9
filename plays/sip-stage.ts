import { createSipChannel, type SipChannel } from '@parley/channel-sip'
import {
  freePort,
  type Kamailio,
  type Parley,
  type ParleyOptions,
  startKamailio,
  startParley,
  type WindowPerson,
} from '@parley/dev-env'
import { giveOwnAddresses } from './own-addresses.ts'
import { names } from './stage.ts'
import { WindowPeople } from './window-people.ts'

export interface SipStage {
  kamailio: Kamailio
  parley: Parley
  channel: SipChannel
  /** A visitor at a window. */
  visitor(): Promise<WindowPerson>
  close(): Promise<void>
}

/** The public SIP user of the shop. */
export const publicUser = 'help@chat.test'

/** Responders with a SIP phone each and nothing else, and a site with a public SIP user, behind a Kamailio. */
export async function openSipStage(
  responders: readonly { name: string; alias: string }[],
  more: {
    users?: readonly string[]
    transport?: 'udp' | 'tcp'
    policy?: NonNullable<ParleyOptions['account']['sites'][number]['policy']>
  } = {},
): Promise<SipStage> {
  const { transport = 'tcp' } = more
  const port = await freePort()
  const users = [...responders.map(({ name }) => name), ...(more.users ?? [])]
  const kamailio = await startKamailio({ users, ours: { port, transport } })
  const channel = createSipChannel({
    domain: kamailio.ours.domain,
    publicHost: 'sip.chat.test',
    listen: { host: '127.0.0.1', udp: port, tcp: port, tls: null, ws: null, wss: null },
    proxy: kamailio.proxyFor(transport),
    credentials: { username: kamailio.ours.user, password: kamailio.ours.password },
    trustedPeers: ['127.0.0.1'],
    probeEveryMs: 1_000,
  })
  const parley = await startParley({
    channels: [channel],
    account: {
      name: 'Fjord & Field',
      sites: [
        {
          key: 'shop',
          name: 'Fjord & Field',
          domains: ['shop.localhost'],
          topics: [],
          ...(more.policy ? { policy: more.policy } : {}),
        },
      ],
      responders: responders.map(({ name, alias }) => ({
        name: names[name] ?? name,
        alias,
        language: 'en',
        emails: [],
        addresses: [{ medium: 'sip', value: `sip:${name}@${kamailio.domain}` }],
      })),
    },
  })
  await giveOwnAddresses(parley, 'sip', { anyone: publicUser })
  const visitors = new WindowPeople(parley)
  return {
    kamailio,
    parley,
    channel,
    visitor: () => visitors.enter(),
    async close() {
      visitors.leave()
      await parley.stop()
      await kamailio.stop()
    },
  }
}
