import {
  type BrowserOptions,
  openBrowser,
  type Parley,
  type ParleyOptions,
  startParley,
  type TestBrowser,
} from '@parley/dev-env'
import { Answerer } from './answerer.ts'
import { Deskperson } from './deskperson.ts'
import { openShop, type Shop } from './shop.ts'
import { Visitor } from './visitor.ts'

type NewSite = ParleyOptions['account']['sites'][number]

export interface WindowStage {
  parley: Parley
  shop: Shop
  /** Every shop by the key of its site. */
  shops: Record<string, Shop>
  browser: TestBrowser
  visitor(options?: Parameters<TestBrowser['newPerson']>[0]): Promise<Visitor>
  /** A responder who answers through the client. */
  answerer(alias: string): Promise<Answerer>
  /** A one-time link to the desk. */
  linkFor(alias: string): Promise<string>
  atDesk(alias: string): Promise<Deskperson>
  /** Gives a responder another role in the account. */
  promotes(alias: string, role: 'operator' | 'supervisor' | 'administrator'): Promise<void>
  /** The server stops, and another starts on the same database, port and secret. */
  restarts(meanwhile?: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

const emailOf = (alias: string) => `${alias.toLowerCase()}@people.test`

/** Shops with the window in them and responders at the web, without any medium but those of the play: what a play about the window needs. */
export async function openWindowStage({
  sites = [{ key: 'shop' }],
  responders = ['Juniper'],
  browser: browserOptions,
  clock,
  settings,
  alsoOn = [],
  channels = [],
}: {
  sites?: readonly { key: string; policy?: NewSite['policy']; topics?: NewSite['topics'] }[]
  responders?: readonly string[]
  browser?: BrowserOptions
  clock?: NonNullable<ParleyOptions['clock']>
  settings?: NonNullable<ParleyOptions['settings']>
  /** More hosts on which the first site's window may stand. */
  alsoOn?: readonly string[]
  /** The far ends of other media. */
  channels?: NonNullable<ParleyOptions['channels']>
} = {}): Promise<WindowStage> {
  const shops: Record<string, Shop> = {}
  for (const { key } of sites) shops[key] = await openShop(`${key}.localhost`)
  const [first] = Object.values(shops)
  if (!first) throw new Error('a stage needs a shop')
  const secret = Buffer.alloc(32, 7)
  const wanted: ParleyOptions = {
    secret,
    account: {
      name: 'Fjord & Field',
      sites: sites.map(({ key, policy, topics = [] }) => ({
        key,
        name: key === 'shop' ? 'Fjord & Field' : 'Garden & Gate',
        domains: [shops[key]?.host ?? '', ...(shops[key] === first ? alsoOn : [])],
        topics,
        ...(policy ? { policy } : {}),
      })),
      responders: responders.map((alias) => ({
        name: `${alias} Behind-The-Alias`,
        alias,
        language: 'en',
        emails: [emailOf(alias)],
      })),
    },
    channels,
    ...(clock ? { clock } : {}),
    ...(settings ? { settings } : {}),
  }
  const [started, browser] = await Promise.all([startParley(wanted), openBrowser(browserOptions)])
  const { account, database, url } = started
  let parley = started
  for (const [key, shop] of Object.entries(shops)) shop.embed(url, key)

  const personOf = (alias: string) => {
    const person = account.responders[responders.indexOf(alias)]?.person
    if (!person) throw new Error(`${alias} is no responder here`)
    return person
  }
  const linkFor = async (alias: string) => {
    const person = personOf(alias)
    await parley.server.signIn.createSignInFor(account.account, person, emailOf(alias))
    const link = await parley.server.signIn.oneTimeLink({ account: account.account, person })
    if (!link) throw new Error(`${alias} has no way to sign in`)
    return link
  }
  return {
    get parley() {
      return parley
    },
    shop: first,
    shops,
    browser,
    visitor: (options) => Visitor.opens(browser, first.url, options),
    answerer: (alias) => Answerer.signsIn(parley, personOf(alias), emailOf(alias)),
    linkFor,
    atDesk: async (alias) => Deskperson.signsIn(browser, await linkFor(alias)),
    promotes: (alias, role) =>
      parley.server.db.write(account.account, async (tx) => {
        await tx
          .updateTable('responder')
          .set({ role })
          .where('account_id', '=', account.account)
          .where('person_id', '=', personOf(alias))
          .execute()
      }),
    async restarts(meanwhile) {
      const { port } = parley.server
      await parley.server.stop()
      await meanwhile?.()
      parley = await startParley({ ...wanted, database, existing: account, port })
    },
    async close() {
      await browser.close()
      await parley.server.stop()
      await database.drop()
      for (const shop of Object.values(shops)) await shop.close()
    },
  }
}
