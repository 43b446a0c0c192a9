import {
  type MailNetwork,
  type MailNetworkOptions,
  type MailPerson,
  openBrowser,
  type Parley,
  type ParleyOptions,
  startMailNetwork,
  startParley,
  startTcpProxy,
  type TcpProxy,
  type TestBrowser,
} from '@parley/dev-env'
import { Deskperson } from './deskperson.ts'
import { openShop, type Shop } from './shop.ts'
import { Visitor } from './visitor.ts'

type NewSite = ParleyOptions['account']['sites'][number]
type NewResponder = ParleyOptions['account']['responders'][number]
type Wishes = Partial<Pick<NewResponder, 'topics' | 'languages' | 'criteria' | 'capacity'>>

export interface Stage {
  mail: MailNetwork
  parley: Parley
  shop: Shop
  browser: TestBrowser
  /** Between Parley and the mail server, where the stage was opened behind one. */
  readonly wire: TcpProxy
  /** Someone with a mailbox at `people.test`, by first name in lower case. */
  person(name: string): Promise<MailPerson>
  visitor(): Promise<Visitor>
  /** A responder who comes to the desk by a one-time link to their first address. */
  atDesk(name: string): Promise<Deskperson>
  close(): Promise<void>
}

/** The full names of those who may appear; the first name is the mailbox. */
export const names: Record<string, string> = {
  ana: 'Ana Castellanos',
  ben: 'Ben Oyelaran',
  bo: 'Bo Lindqvist',
  cleo: 'Cleo Marchetti',
  dag: 'Dag Halvorsen',
  eli: 'Eli Nakamura',
  fay: 'Fay Abernathy',
  gus: 'Gus Petrosyan',
}

export const addressOf = (name: string) => `${name}@people.test`

/** A shop with the window in it, its responders, a network of mail, and a browser: what nearly every play needs. */
export async function openStage({
  responders,
  topics = [],
  policy,
  settings,
  network,
  clock,
  behindWire = false,
}: {
  responders: readonly ({ name: string; alias: string; emails?: readonly string[] } & Wishes)[]
  topics?: NewSite['topics']
  policy?: NonNullable<NewSite['policy']>
  settings?: ParleyOptions['settings']
  network?: MailNetworkOptions
  clock?: ParleyOptions['clock']
  /** Parley reaches the mail server by a wire that can be cut: `wire`. */
  behindWire?: boolean
}): Promise<Stage> {
  const mail = await startMailNetwork(network)
  const wire = behindWire ? await startTcpProxy({ target: mail.postfix }) : null
  // A question that reaches a mailbox which is not there bounces, and that is a story of its own.
  await Promise.all(responders.map(({ name }) => mail.person(names[name] ?? name, addressOf(name))))
  const shop = await openShop()
  const [parley, browser] = await Promise.all([
    startParley({
      mail: wire ? { ...mail, postfix: { ...mail.postfix, port: wire.port } } : mail,
      account: {
        name: 'Fjord & Field',
        sites: [{ key: 'shop', name: 'Fjord & Field', domains: [shop.host], topics, ...(policy ? { policy } : {}) }],
        responders: responders.map(({ name, alias, emails, ...wishes }) => ({
          ...wishes,
          name: names[name] ?? name,
          alias,
          language: 'en',
          emails: emails ?? [addressOf(name)],
        })),
      },
      ...(settings ? { settings } : {}),
      ...(clock ? { clock } : {}),
    }),
    openBrowser(),
  ])
  shop.embed(parley.url, 'shop')
  return {
    mail,
    get wire() {
      if (!wire) throw new Error('this stage has no wire')
      return wire
    },
    parley,
    shop,
    browser,
    person: (name) => mail.person(names[name] ?? name, addressOf(name)),
    visitor: () => Visitor.opens(browser, shop.url),
    async atDesk(name) {
      const index = responders.findIndex((one) => one.name === name)
      const { account } = parley.account
      const person = parley.account.responders[index]?.person
      if (!person) throw new Error(`${name} is no responder here`)
      const { signIn } = parley.server
      await signIn.createSignInFor(account, person, responders[index]?.emails?.[0] ?? addressOf(name))
      const link = await signIn.oneTimeLink({ account, person })
      if (!link) throw new Error(`${name} has no way to sign in`)
      return Deskperson.signsIn(browser, link)
    },
    async close() {
      await browser.close()
      await parley.stop()
      await wire?.stop()
      await shop.close()
      await mail.stop()
    },
  }
}
