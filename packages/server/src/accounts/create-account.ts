import { randomBytes } from 'node:crypto'
import {
  type AccountId,
  type AddressId,
  type MediumAddress,
  newId,
  type PersonId,
  type SiteId,
  type TopicId,
} from '@parley/model'
import { addressKey, type Criteria, withListWanted } from '@parley/rules'
import type { Database, Role, Writer } from '../db/index.ts'
import { addPerson } from '../people/index.ts'
import { type SitePolicy, sitePolicySchema } from '../sites/index.ts'

export interface NewAccount {
  readonly name: string
  readonly sites: readonly NewSite[]
  readonly responders: readonly NewResponder[]
}

export interface NewSite {
  /** Stands in the page's script tag; made up when left out. */
  readonly key?: string
  readonly name: string
  /** Hosts, with the port where it is not the usual one. */
  readonly domains: readonly string[]
  readonly policy?: Parameters<typeof sitePolicySchema.parse>[0]
  /** The same topic key on several sites is a topic on each. */
  readonly topics: readonly { key: string; names: Record<string, string> }[]
}

export interface NewResponder {
  readonly name: string
  readonly alias: string
  readonly language: string
  /** Proven by whoever creates the account. */
  readonly emails: readonly string[]
  /** On other media, likewise proven; asked after the mail addresses. */
  readonly addresses?: readonly MediumAddress[]
  /** Keys of topics, on whichever site; left out: all. */
  readonly topics?: readonly string[]
  readonly languages?: readonly string[]
  /** What else they want to be asked. */
  readonly criteria?: Criteria
  readonly capacity?: number
  /** Left out: the first one administers the account, the others answer. */
  readonly role?: Role
}

export interface CreatedAccount {
  readonly account: AccountId
  readonly sites: { id: SiteId; key: string; topics: { id: TopicId; key: string }[] }[]
  readonly responders: { person: PersonId; name: string }[]
}

/** An account with its sites, their topics, and its first responders, in one transaction. */
export async function createAccount(db: Database, wanted: NewAccount, now: Date): Promise<CreatedAccount> {
  const account = newId<AccountId>()
  return db.write(account, async (tx) => {
    await tx.insertInto('account').values({ account_id: account, name: wanted.name, created_at: now }).execute()
    const sites: CreatedAccount['sites'] = []
    for (const site of wanted.sites) sites.push(await createSite(tx, account, site, now))
    const topics = sites.flatMap((site) => site.topics)
    const responders: CreatedAccount['responders'] = []
    for (const [index, responder] of wanted.responders.entries()) {
      const role = responder.role ?? (index === 0 ? 'administrator' : 'responder')
      responders.push(await createResponder(tx, account, { ...responder, role }, topics, now))
    }
    return { account, sites, responders }
  })
}

async function createSite(
  tx: Writer,
  account: AccountId,
  site: NewSite,
  now: Date,
): Promise<CreatedAccount['sites'][number]> {
  const id = newId<SiteId>()
  const key = site.key ?? randomBytes(9).toString('base64url')
  const policy: SitePolicy = sitePolicySchema.parse(site.policy ?? {})
  await tx
    .insertInto('site')
    .values({
      account_id: account,
      site_id: id,
      site_key: key,
      name: site.name,
      domains: [...site.domains],
      policy: JSON.stringify(policy),
      created_at: now,
    })
    .execute()
  const topics: { id: TopicId; key: string }[] = []
  for (const [position, topic] of site.topics.entries()) {
    const topicId = newId<TopicId>()
    await tx
      .insertInto('topic')
      .values({
        account_id: account,
        topic_id: topicId,
        site_id: id,
        names: JSON.stringify(topic.names),
        position,
      })
      .execute()
    topics.push({ id: topicId, key: topic.key })
  }
  return { id, key, topics }
}

async function createResponder(
  tx: Writer,
  account: AccountId,
  responder: NewResponder & { role: Role },
  topics: readonly { id: TopicId; key: string }[],
  now: Date,
): Promise<CreatedAccount['responders'][number]> {
  const { name, language } = responder
  const person = await addPerson(tx, { account, kind: 'responder', name, language }, now)
  await tx
    .insertInto('responder')
    .values({
      account_id: account,
      person_id: person,
      alias: responder.alias,
      state: 'active',
      capacity: responder.capacity ?? null,
      role: responder.role,
    })
    .execute()
  await tx
    .insertInto('criteria')
    .values({
      account_id: account,
      person_id: person,
      wants: JSON.stringify(wishesOf(responder, topics)),
      updated_at: now,
    })
    .execute()
  const emails = responder.emails.map((value) => ({ medium: 'email' as const, value }))
  for (const [position, { medium, value }] of [...emails, ...(responder.addresses ?? [])].entries()) {
    await tx
      .insertInto('address')
      .values({
        account_id: account,
        address_id: newId<AddressId>(),
        person_id: person,
        medium,
        value,
        value_key: addressKey(medium, value),
        position,
        state: 'proven',
        proven_at: now,
        failing_reason: null,
        created_at: now,
      })
      .execute()
  }
  return { person, name: responder.name }
}

/** Topics and languages in short, or criteria in full; what is left out is any. */
function wishesOf(responder: NewResponder, topics: readonly { id: TopicId; key: string }[]): Criteria {
  const { criteria = {}, topics: keys, languages } = responder
  const chosen = keys ? topics.filter(({ key }) => keys.includes(key)).map(({ id }) => id) : null
  const withTopics = chosen ? withListWanted(criteria, 'topic', chosen) : criteria
  return languages ? withListWanted(withTopics, 'language', languages) : withTopics
}
