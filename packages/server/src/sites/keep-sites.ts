import { randomBytes } from 'node:crypto'
import { type AccountId, newId, type SiteId, type TopicId } from '@parley/model'
import type { AdminSite } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import { parsePolicy, type SitePolicy, sitePolicySchema } from './policy.ts'

type Names = Readonly<Record<string, string>>

/** Every site of the account as its administrators see it. */
export async function listSites(reader: Reader, account: AccountId): Promise<AdminSite[]> {
  const sites = await reader
    .selectFrom('site')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('created_at')
    .orderBy('site_id')
    .execute()
  const topics = await reader
    .selectFrom('topic')
    .select(['topic_id as id', 'site_id', 'names'])
    .where('account_id', '=', account)
    .orderBy('position')
    .orderBy('topic_id')
    .execute()
  return sites.map((site) => ({
    id: site.site_id,
    key: site.site_key,
    name: site.name,
    domains: site.domains,
    policy: parsePolicy(site.policy),
    topics: topics.filter(({ site_id }) => site_id === site.site_id).map(({ id, names }) => ({ id, names })),
  }))
}

/** A new site, with every default. */
export async function addSite(
  tx: Writer,
  account: AccountId,
  wanted: { name: string; domains: readonly string[] },
  now: Date,
): Promise<SiteId> {
  const site = newId<SiteId>()
  await tx
    .insertInto('site')
    .values({
      account_id: account,
      site_id: site,
      site_key: randomBytes(9).toString('base64url'),
      name: wanted.name,
      domains: [...new Set(wanted.domains)],
      policy: JSON.stringify(sitePolicySchema.parse({})),
      created_at: now,
    })
    .execute()
  return site
}

export async function changeSite(
  tx: Writer,
  account: AccountId,
  site: SiteId,
  change: {
    name?: string | undefined
    domains?: readonly string[] | undefined
    policy?: SitePolicy | undefined
  },
): Promise<boolean> {
  const { name, domains, policy } = change
  const changed = await tx
    .updateTable('site')
    .set({
      // A change of nothing is still an answer to whether the site is there.
      site_id: site,
      ...(name === undefined ? {} : { name }),
      ...(domains === undefined ? {} : { domains: [...new Set(domains)] }),
      ...(policy === undefined ? {} : { policy: JSON.stringify(policy) }),
    })
    .where('account_id', '=', account)
    .where('site_id', '=', site)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) return false
  // Conversations carry what their site says: they must look again.
  await sql`
    update conversation set structure = structure + 1
    where account_id = ${account} and site_id = ${site} and state = 'open'`.execute(tx)
  return true
}

export async function addTopic(tx: Writer, account: AccountId, site: SiteId, names: Names): Promise<TopicId | null> {
  const topic = newId<TopicId>()
  const { rows } = await sql<{ topic_id: TopicId }>`
    insert into topic (account_id, topic_id, site_id, names, position)
    select account_id, ${topic}, site_id, ${JSON.stringify(names)}::jsonb,
      (select coalesce(max(position) + 1, 0) from topic where account_id = ${account} and site_id = ${site})
    from site where account_id = ${account} and site_id = ${site}
    returning topic_id`.execute(tx)
  return rows[0]?.topic_id ?? null
}

/** Other names, or another place among the topics of its site: the others make room. Answers the site. */
export async function changeTopic(
  tx: Writer,
  account: AccountId,
  topic: TopicId,
  change: { names?: Names | undefined; position?: number | undefined },
): Promise<SiteId | null> {
  const found = await tx
    .selectFrom('topic')
    .select('site_id')
    .where('account_id', '=', account)
    .where('topic_id', '=', topic)
    .executeTakeFirst()
  if (!found) return null
  if (change.names) {
    await tx
      .updateTable('topic')
      .set({ names: JSON.stringify(change.names) })
      .where('account_id', '=', account)
      .where('topic_id', '=', topic)
      .execute()
  }
  if (change.position === undefined) return found.site_id
  const all = await tx
    .selectFrom('topic')
    .select('topic_id')
    .where('account_id', '=', account)
    .where('site_id', '=', found.site_id)
    .orderBy('position')
    .orderBy('topic_id')
    .forUpdate()
    .execute()
  const order = all.map(({ topic_id }) => topic_id).filter((id) => id !== topic)
  order.splice(change.position, 0, topic)
  for (const [position, id] of order.entries()) {
    await tx
      .updateTable('topic')
      .set({ position })
      .where('account_id', '=', account)
      .where('topic_id', '=', id)
      .execute()
  }
  return found.site_id
}

/** Tickets and wishes that name it keep the name's id and match nothing by it any more. */
export async function removeTopic(tx: Writer, account: AccountId, topic: TopicId): Promise<boolean> {
  const removed = await tx
    .deleteFrom('topic')
    .where('account_id', '=', account)
    .where('topic_id', '=', topic)
    .executeTakeFirst()
  return removed.numDeletedRows > 0n
}
