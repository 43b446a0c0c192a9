import path from 'node:path'
import {
  type CastMember,
  cast,
  castLinks,
  castSites,
  conciergeScript,
  type Demo,
  firstWords,
  type Mailboxes,
  poolNumbers,
  responders,
  shopJid,
  shopNumber,
  spaced,
  startDemo,
  startMailboxes,
} from '@parley/app-demo'

import { type AccountId, minutes, type PersonId } from '@parley/model'
import type { Criteria } from '@parley/rules'
import {
  addExamples,
  addScript,
  type Config,
  type CreatedAccount,
  changeScript,
  createAccount,
  makeLink,
  type RunningServer,
  savePattern,
  saveProduct,
  setKeywords,
} from '@parley/server'

import { messengerResponders, type OpenMessengers } from './demo-messengers.ts'
import { giveOwnAddresses } from './demo-own-addresses.ts'
import { type DemoPhones, phoneResponders } from './demo-phones.ts'

const demoPort = 8421

export function openMailboxes(config: Config, dataFolder: string): Promise<Mailboxes> {
  const { port } = config.web
  return startMailboxes({
    people: cast.map(({ name, email }) => ({ name, address: email })),
    folder: path.join(dataFolder, 'mailboxes'),
    // Beside the web port, so that a second demo with other ports has mail programs of its own.
    smtpPort: port + 6,
    pop3Port: port + 7,
    parleySmtp: null,
  })
}

export { openDemoMessengers } from './demo-messengers.ts'
export { openDemoPhones } from './demo-phones.ts'

/** All mail goes to the pocket devices, and their owners' keys are found without any DNS. */
export function mailThrough(mailboxes: Mailboxes) {
  return {
    smtpOut: { host: mailboxes.smtp.host, port: mailboxes.smtp.port, tls: 'never' as const },
    resolver: (name: string, type: string) => mailboxes.resolve(name, type),
  }
}

/** The demo account, made at the first start, and the pages to play it on. */
export async function openDemo(
  server: RunningServer,
  config: Config,
  mailboxes: Mailboxes,
  phones: DemoPhones | null = null,
  chats: OpenMessengers | null = null,
): Promise<{ lines: string[]; close(): Promise<void> }> {
  const port = config.web.port === 8420 ? demoPort : config.web.port + 1
  const account =
    (await findDemo(server)) ?? (await makeDemo(server, port, chats?.messengers ? messengerResponders : []))
  if (phones) await giveOwnAddresses(server, account, 'sms', { anyone: shopNumber, pool: poolNumbers })
  if (chats?.messengers) await giveOwnAddresses(server, account, 'xmpp', { anyone: shopJid })
  const holders = await holdersOf(server, account)
  for (const [email, person] of holders) await server.signIn.createSignInFor(account, person, email)
  const linkFor = async (member: CastMember): Promise<string> => {
    const person = holders.get(member.email)
    const link = person ? await server.signIn.oneTimeLink({ account, person }) : null
    return link ?? `${server.url}/desk/`
  }
  const demo: Demo = await startDemo({
    port,
    parleyBaseUrl: server.url,
    siteKeys: { shop: 'demo-shop', garden: 'demo-garden' },
    joinUrl: await joinUrlOf(server, account),
    mailboxes,
    ...(phones ? { phones: phones.phones } : {}),
    ...(chats?.messengers ? { messengers: chats.messengers } : {}),
    signInLink: linkFor,
  })
  const [first] = responders
  return {
    close: () => demo.close(),
    lines: [
      '',
      'Parley is running, with a demo that you can play from both sides:',
      '',
      `  Everything on one page   ${demo.urls.pocket}`,
      `  The shop alone           ${demo.urls.shop}`,
      `  What this is             ${demo.urls.overview}`,
      ...(phones ? [`  The shop’s number        ${spaced(shopNumber)}   (from the phones on the first of these)`] : []),
      ...chatLines(chats),
      ...(first ? [`  Sign in at the desk      ${await linkFor(first)}   (works once)`] : []),
      '',
      'Stop it with Ctrl-C; the data stays.',
      '',
    ],
  }
}

function chatLines(chats: OpenMessengers | null): string[] {
  if (chats?.messengers) return [`  The shop’s JID           ${shopJid}   (from the messengers there)`]
  return chats?.line ? [`  To play messengers too   ${chats.line}`] : []
}

async function findDemo(server: RunningServer): Promise<AccountId | null> {
  const site = await server.db.workers
    .selectFrom('site')
    .select('account_id')
    .where('site_key', '=', 'demo-shop')
    .executeTakeFirst()
  return site?.account_id ?? null
}

async function joinUrlOf(server: RunningServer, account: AccountId): Promise<string> {
  const { join_key } = await server.db.workers
    .selectFrom('account')
    .select('join_key')
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return `${server.url}/join/${join_key}`
}

async function makeDemo(
  server: RunningServer,
  port: number,
  atMessengers: typeof messengerResponders,
): Promise<AccountId> {
  const hosts = { shop: `shop.localhost:${port}`, garden: `garden.localhost:${port}` }
  const created = await createAccount(
    server.db,
    {
      name: 'Fjord & Field',
      sites: castSites.map((site) => ({
        key: `demo-${site.id}`,
        name: site.name,
        // The pocket page frames the shops, so it is an ancestor of the window as well.
        domains: [hosts[site.id], ...(site.id === 'shop' ? [`localhost:${port}`, `127.0.0.1:${port}`] : [])],
        topics: site.topics.map(({ id, name }) => ({ key: id, names: { en: name } })),
        policy: {
          admission: { kind: 'first' },
          window: {
            title: { en: site.title },
            greeting: { en: site.greeting },
            colour: site.colour,
            topic: 'optional',
            regions: [...(site.regions ?? [])],
          },
        },
      })),
      responders: [
        ...responders.map((person) => ({
          name: person.name,
          alias: person.alias,
          language: person.languages[0] ?? 'en',
          emails: [person.email],
          topics: person.topics,
          criteria: wishesOf(person),
          role: person.role ?? ('responder' as const),
        })),
        ...phoneResponders.map(({ name, alias, languages, number, topics }) => ({
          name,
          alias,
          language: languages[0] ?? 'en',
          emails: [],
          addresses: [{ medium: 'sms' as const, value: number }],
          topics,
        })),
        ...atMessengers.map(({ name, alias, languages, number, topics }) => ({
          name,
          alias,
          language: languages[0] ?? 'en',
          emails: [],
          addresses: [{ medium: 'xmpp' as const, value: number }],
          topics,
        })),
      ],
    },
    new Date(),
  )
  // Anybody who plays may join, and Bo says yes.
  await server.db.write(created.account, (tx) => tx.updateTable('account').set({ joining: 'approved' }).execute())
  await makeLinks(server, created)
  await makeConcierge(server, created)
  await teachFirstWords(server, created)
  return created.account
}

/** Languages are left out: whatever the browser of a newcomer speaks, somebody is to be asked. */
function wishesOf({ regions, hours }: CastMember): Criteria {
  if (!hours) return regions ? { all: [{ about: 'region', oneOf: regions }] } : {}
  const { timeZone, days, from, to } = hours
  return {
    ...(regions ? { all: [{ about: 'region', oneOf: regions }] } : {}),
    hours: { timeZone, week: days.map((day) => ({ day, from, to })) },
  }
}

async function makeConcierge(
  server: RunningServer,
  { account, sites, responders: made }: CreatedAccount,
): Promise<void> {
  const shop = sites[castSites.findIndex(({ id }) => id === 'shop')]
  const orders = shop?.topics.find(({ key }) => key === 'orders')
  const [by] = made
  if (!shop || !orders || !by) throw new Error('the concierge has no shop to stand in')
  const now = new Date()
  await server.db.write(account, async (tx) => {
    const script = conciergeScript({ orders: orders.id })
    const chosenBy = { sites: [shop.id] }
    const saved = await addScript(tx, { account, by: by.person, name: 'While people are asked', chosenBy, script }, now)
    if (!saved.ok) throw new Error(`the concierge's script was refused: ${JSON.stringify(saved)}`)
    await changeScript(tx, { account, id: saved.id, isOn: true })
  })
}

async function teachFirstWords(
  server: RunningServer,
  { account, sites, responders: made }: CreatedAccount,
): Promise<void> {
  const [by] = made
  if (!by) throw new Error('nobody is there to teach')
  // Nobody is adding more: it may be learned from at once.
  const now = new Date(Date.now() - minutes(1))
  await server.db.write(account, async (tx) => {
    for (const key of Object.keys(firstWords.examples).filter(isTaught)) {
      // Of a topic that both shops have, one is taught: the same words under two names teach that neither is sure.
      const topic = sites.flatMap(({ topics }) => topics).find((one) => one.key === key)?.id
      if (!topic) throw new Error(`no shop knows the topic ${key}`)
      await addExamples(tx, { account, by: by.person, topic, texts: firstWords.examples[key] }, now)
      await setKeywords(tx, { account, topic, keywords: firstWords.keywords[key] }, now)
    }
    for (const product of firstWords.products) await saveProduct(tx, { account, ...product })
    for (const number of firstWords.numbers) await savePattern(tx, { account, ...number })
  })
}

const isTaught = (topic: string): topic is keyof typeof firstWords.examples => topic in firstWords.examples

async function makeLinks(server: RunningServer, { account, sites, responders: made }: CreatedAccount): Promise<void> {
  const now = new Date()
  await server.db.write(account, async (tx) => {
    for (const { code, site, name, topic, person } of castLinks) {
      const where = sites[castSites.findIndex(({ id }) => id === site)]
      const who = made[responders.findIndex(({ id }) => id === person)]
      const by = made[0]
      if (!where || !who || !by) throw new Error(`the link ${code} leads nowhere`)
      const link = await makeLink(
        tx,
        account,
        by.person,
        {
          site: where.id,
          name,
          code,
          topic: where.topics.find(({ key }) => key === topic)?.id ?? null,
          people: [who.person],
          teams: [],
          facts: { product: [name] },
          uses: null,
          expiresAt: null,
        },
        now,
      )
      if (!link.ok) throw new Error(`the link ${code} was refused: ${link.refusal}`)
    }
  })
}

async function holdersOf(server: RunningServer, account: AccountId): Promise<Map<string, PersonId>> {
  const rows = await server.db.workers
    .selectFrom('address')
    .innerJoin('responder', (join) =>
      join
        .onRef('responder.account_id', '=', 'address.account_id')
        .onRef('responder.person_id', '=', 'address.person_id'),
    )
    .select(['address.value', 'address.person_id'])
    .where('address.account_id', '=', account)
    .where('address.state', '=', 'proven')
    .execute()
  return new Map(rows.map((row) => [row.value, row.person_id]))
}
