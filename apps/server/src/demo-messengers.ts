import {
  type CastPhone,
  castMessengers,
  type DemoMessengers,
  havePeer,
  type Phones,
  shopJid,
  startMessengers,
} from '@parley/app-demo'
import { createXmppChannel } from '@parley/channel-xmpp'
import { type AccountId, newId, type OwnAddressId } from '@parley/model'
import type { Config, RunningServer } from '@parley/server'

/** Messengers of the demo, and Parley's way to them; or the line that says how to get them. */
export type OpenMessengers =
  | { messengers: Phones; channel: ReturnType<typeof createXmppChannel>; stop(): Promise<void> }
  | { messengers: null; line: string | null }

/** Where Prosody is installed and XMPP is not set up otherwise. */
export async function openDemoMessengers({ web, xmpp }: Config): Promise<OpenMessengers> {
  if (xmpp) return { messengers: null, line: null }
  const { present } = havePeer('prosody')
  if (!present) return { messengers: null, line: 'apt-get install prosody, and start again' }
  const { port } = web
  const ports = { clients: port + 9, components: port + 10, http: port + 11 }
  const started: DemoMessengers = await startMessengers(ports)
  const channel = createXmppChannel({ ...started.component, publicName: 'Fjord & Field' })
  return { messengers: started.messengers, channel, stop: started.stop }
}

/** Who answers from a messenger and has nothing else. */
export const messengerResponders = castMessengers.filter(
  (person): person is CastPhone & { alias: string } => person.alias !== null,
)

/** The public JID of the demo's shop, given once. */
export async function givePublicJid(server: RunningServer, account: AccountId): Promise<void> {
  await server.db.write(account, async (tx) => {
    const site = await tx
      .selectFrom('site')
      .select('site_id')
      .where('account_id', '=', account)
      .where('site_key', '=', 'demo-shop')
      .executeTakeFirstOrThrow()
    const has = await tx
      .selectFrom('own_address')
      .select('own_address_id')
      .where('account_id', '=', account)
      .where('medium', '=', 'xmpp')
      .executeTakeFirst()
    if (has) return
    await tx
      .insertInto('own_address')
      .values({
        account_id: account,
        own_address_id: newId<OwnAddressId>(),
        medium: 'xmpp',
        value: shopJid,
        value_key: shopJid,
        site_id: site.site_id,
        purpose: 'public',
        created_at: new Date(),
      })
      .execute()
  })
}
