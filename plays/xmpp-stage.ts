import { createXmppChannel } from '@parley/channel-xmpp'
import {
  type Parley,
  type ParleyOptions,
  type Prosody,
  startParley,
  startProsody,
  type WindowPerson,
  XmppPerson,
} from '@parley/dev-env'
import { giveOwnAddresses } from './own-addresses.ts'
import { names } from './stage.ts'
import { WindowPeople } from './window-people.ts'

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
  await giveOwnAddresses(parley, 'xmpp', { anyone: publicJid })
  const people: XmppPerson[] = []
  const visitors = new WindowPeople(parley)
  return {
    prosody,
    parley,
    channel,
    async person(name) {
      const person = await XmppPerson.signsIn(prosody, name)
      people.push(person)
      return person
    },
    visitor: () => visitors.enter(),
    async close() {
      visitors.leave()
      await Promise.all(people.map((person) => person.leaves()))
      await parley.stop()
      await prosody.stop()
    },
  }
}
