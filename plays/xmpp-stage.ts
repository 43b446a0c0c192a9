import { createXmppChannel } from '@parley/channel-xmpp'
import {
  type Parley,
  type ParleyOptions,
  type Prosody,
  seeded,
  startParley,
  startProsody,
  WindowPerson,
  waitFor,
  XmppPerson,
} from '@parley/dev-env'
import { newId, type OwnAddressId } from '@parley/model'
import { names } from './stage.ts'

export interface XmppStage {
  prosody: Prosody
  parley: Parley
  channel: ReturnType<typeof createXmppChannel>
  /** Somebody of `people.test`, signed in with slixmpp. */
  person(name: string): Promise<XmppPerson>
  /** A visitor at a window. */
  visitor(): Promise<WindowPerson>
  close(): Promise<void>
}

/** The public JID of the shop. */
export const publicJid = 'help@chat.test'

/** Responders with an XMPP program each and nothing else, and a site with a public JID. */
export async function openXmppStage(
  responders: readonly { name: string; alias: string }[],
  more: {
    users?: readonly string[]
    domain?: string
    policy?: NonNullable<ParleyOptions['account']['sites'][number]['policy']>
  } = {},
): Promise<XmppStage> {
  const prosody = await startProsody({ users: [...responders.map(({ name }) => name), ...(more.users ?? [])] })
  const channel = createXmppChannel({
    ...prosody.component,
    publicName: 'Fjord & Field',
    files: { hosts: [prosody.host] },
  })
  const parley = await startParley({
    channels: [channel],
    account: {
      name: 'Fjord & Field',
      sites: [
        {
          key: 'shop',
          name: 'Fjord & Field',
          domains: [more.domain ?? 'shop.localhost'],
          topics: [],
          ...(more.policy ? { policy: more.policy } : {}),
        },
      ],
      responders: responders.map(({ name, alias }) => ({
        name: names[name] ?? name,
        alias,
        language: 'en',
        emails: [],
        addresses: [{ medium: 'xmpp', value: `${name}@${prosody.domain}` }],
      })),
    },
  })
  await givePublicJid(parley)
  const people: XmppPerson[] = []
  const visitors: WindowPerson[] = []
  return {
    prosody,
    parley,
    channel,
    async person(name) {
      const person = await XmppPerson.signsIn(prosody, name)
      people.push(person)
      return person
    },
    async visitor() {
      const visitor = new WindowPerson({ url: parley.url, site: 'shop', random: seeded(visitors.length + 1) })
      await visitor.begins()
      visitors.push(visitor)
      return visitor
    },
    async close() {
      for (const visitor of visitors) visitor.leaves()
      await Promise.all(people.map((person) => person.leaves()))
      await parley.stop()
      await prosody.stop()
    },
  }
}

async function givePublicJid({ server, account }: Parley): Promise<void> {
  const [site] = account.sites
  await server.db.write(account.account, (tx) =>
    tx
      .insertInto('own_address')
      .values({
        account_id: account.account,
        own_address_id: newId<OwnAddressId>(),
        medium: 'xmpp',
        value: publicJid,
        value_key: publicJid,
        site_id: site?.id ?? null,
        purpose: 'public',
        created_at: new Date(),
      })
      .execute(),
  )
}

/** Everything that a window shows, interaction by interaction. */
export function shownTo({ client }: WindowPerson): string[] {
  return client ? [...client.transcript.interactions].flatMap(({ messages }) => messages.map(({ text }) => text)) : []
}

export async function sees(visitor: WindowPerson, words: string): Promise<void> {
  await waitFor(`the window to show "${words}"`, () => shownTo(visitor).includes(words), {
    timeoutMs: 60_000,
    instead: () => shownTo(visitor),
  })
}
