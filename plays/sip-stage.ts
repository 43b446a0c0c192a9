import { createSipChannel, type SipChannel } from '@parley/channel-sip'
import {
  freePort,
  type Kamailio,
  type Parley,
  type ParleyOptions,
  seeded,
  startKamailio,
  startParley,
  WindowPerson,
} from '@parley/dev-env'
import { newId, type OwnAddressId } from '@parley/model'
import { names } from './stage.ts'

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
  await givePublicUser(parley)
  const visitors: WindowPerson[] = []
  return {
    kamailio,
    parley,
    channel,
    async visitor() {
      const visitor = new WindowPerson({ url: parley.url, site: 'shop', random: seeded(visitors.length + 1) })
      await visitor.begins()
      visitors.push(visitor)
      return visitor
    },
    async close() {
      for (const visitor of visitors) visitor.leaves()
      await parley.stop()
      await kamailio.stop()
    },
  }
}

async function givePublicUser({ server, account }: Parley): Promise<void> {
  const [site] = account.sites
  await server.db.write(account.account, (tx) =>
    tx
      .insertInto('own_address')
      .values({
        account_id: account.account,
        own_address_id: newId<OwnAddressId>(),
        medium: 'sip',
        value: publicUser,
        value_key: publicUser,
        site_id: site?.id ?? null,
        purpose: 'public',
        created_at: new Date(),
      })
      .execute(),
  )
}
