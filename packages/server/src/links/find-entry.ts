import type { AccountId, LinkId, SiteId, TopicId } from '@parley/model'
import type { Fact, FactAbout, Target } from '@parley/rules'
import type { Selectable } from 'kysely'
import type { Database, Reader, Tables } from '../db/index.ts'
import { findSite, type Site, siteById } from '../sites/index.ts'
import { chosenCode } from './link-code.ts'

/** A direct link: what a question that comes by it is about, and whom it is for. */
export interface Link {
  readonly id: LinkId
  readonly account: AccountId
  readonly site: SiteId
  readonly code: string
  readonly name: string
  readonly topic: TopicId | null
  readonly facts: readonly Fact[]
  readonly target: Target | null
  /** Why nobody new may come by it. Whoever has come by it before still finds back. */
  readonly ended: 'expired' | 'used-up' | null
}

export interface Entry {
  readonly site: Site
  readonly link: Link | null
}

/** What a window's key opens: a site, by the key in the page's script tag, or a site by way of a direct link. */
export async function findEntry(db: Database, key: string, now: Date): Promise<Entry | null> {
  const site = await findSite(db, key)
  if (site) return { site, link: null }
  const link = await findLink(db, key, now)
  const itsSite = link && (await siteById(db, link.account, link.site))
  return link && itsSite ? { site: itsSite, link } : null
}

/** A code says of itself which account it belongs to, so it is looked up across accounts. */
export async function findLink(db: Database, code: string, now: Date): Promise<Link | null> {
  const wanted = chosenCode(code)
  if (!wanted) return null
  const row = await db.workers.selectFrom('link').selectAll().where('code', '=', wanted).executeTakeFirst()
  return row ? linkFrom(row, now) : null
}

export async function linkById(db: Reader, account: AccountId, id: LinkId, now: Date): Promise<Link | null> {
  const row = await db
    .selectFrom('link')
    .selectAll()
    .where('account_id', '=', account)
    .where('link_id', '=', id)
    .executeTakeFirst()
  return row ? linkFrom(row, now) : null
}

function linkFrom(row: Selectable<Tables['link']>, now: Date): Link {
  const facts = Object.entries(row.facts).flatMap(([about, values]) =>
    values.map((value): Fact => ({ about: about as FactAbout, value, source: 'implied' })),
  )
  const target: Target = {
    ...(row.people.length > 0 ? { people: row.people } : {}),
    ...(row.teams.length > 0 ? { teams: row.teams } : {}),
  }
  return {
    id: row.link_id,
    account: row.account_id,
    site: row.site_id,
    code: row.code,
    name: row.name,
    topic: row.topic_id,
    facts: [...facts, { about: 'page:link', value: row.name, source: 'implied' }],
    target: Object.keys(target).length > 0 ? target : null,
    ended:
      row.expires_at !== null && row.expires_at <= now
        ? 'expired'
        : row.uses !== null && row.used >= row.uses
          ? 'used-up'
          : null,
  }
}
