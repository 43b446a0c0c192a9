import type { AccountId, SiteId, TopicId } from '@parley/model'
import { languages } from '@parley/model'
import type { WidgetConfig } from '@parley/protocol'
import type { Selectable } from 'kysely'
import type { Database, Tables } from '../db/index.ts'
import { word } from '../words/index.ts'
import { parsePolicy, type SitePolicy } from './policy.ts'

export interface Site {
  readonly account: AccountId
  readonly id: SiteId
  readonly key: string
  readonly name: string
  /** Hosts (with port where it is not the usual one) on whose pages the window may stand. */
  readonly domains: readonly string[]
  readonly policy: SitePolicy
}

export async function findSite(db: Database, key: string): Promise<Site | null> {
  const row = await db.workers.selectFrom('site').selectAll().where('site_key', '=', key).executeTakeFirst()
  return row ? siteFrom(row) : null
}

export async function siteById(db: Database, account: AccountId, id: SiteId): Promise<Site | null> {
  const row = await db.read(account, (reader) =>
    reader
      .selectFrom('site')
      .selectAll()
      .where('account_id', '=', account)
      .where('site_id', '=', id)
      .executeTakeFirst(),
  )
  return row ? siteFrom(row) : null
}

function siteFrom(row: Selectable<Tables['site']>): Site {
  return {
    account: row.account_id,
    id: row.site_id,
    key: row.site_key,
    name: row.name,
    domains: row.domains,
    policy: parsePolicy(row.policy),
  }
}

/** Every host of the account on which a window may stand: where a hand-over may lead. */
export async function domainsOf(db: Database, account: AccountId): Promise<string[]> {
  const rows = await db.read(account, (reader) =>
    reader.selectFrom('site').select('domains').where('account_id', '=', account).execute(),
  )
  return [...new Set(rows.flatMap(({ domains }) => domains))]
}

export async function topicsOf(db: Database, site: Site): Promise<{ id: TopicId; names: Record<string, string> }[]> {
  return db.read(site.account, (reader) =>
    reader
      .selectFrom('topic')
      .select(['topic_id as id', 'names'])
      .where('account_id', '=', site.account)
      .where('site_id', '=', site.id)
      .orderBy('position')
      .execute(),
  )
}

/** What the window is told about its site, in one language. */
export async function widgetConfig(
  db: Database,
  site: Site,
  language: string,
  limits: Pick<WidgetConfig, 'maxUploadBytes' | 'media' | 'push'>,
): Promise<WidgetConfig> {
  const { window } = site.policy
  const topics = window.topic === 'no' ? [] : await topicsOf(db, site)
  return {
    site: site.key,
    name: site.name,
    title: windowTitle(site, language),
    greeting: inLanguage(window.greeting, language) ?? word(language, 'greeting'),
    colour: window.colour,
    languages: [...languages],
    topics: topics.map(({ id, names }) => ({ id, name: inLanguage(names, language) ?? '' })),
    regions: window.regions,
    ask: {
      topic: window.topic,
      language: window.language,
      region: window.regions.length > 0,
      fields: window.fields.map(({ label, choices, ...field }) => ({
        ...field,
        label: inLanguage(label, language) ?? field.name,
        ...(choices ? { choices } : {}),
      })),
    },
    privateAnswers: window.privateAnswers,
    maxUploadBytes: limits.maxUploadBytes,
    uploadTypes: ['image/*', 'application/pdf', 'text/plain', '.docx', '.xlsx', '.odt', '.zip'],
    media: limits.media,
    push: limits.push,
    domains: await domainsOf(db, site.account),
  }
}

/** What a window of the site is called, in one language. */
export function windowTitle(site: Site, language: string): string {
  return inLanguage(site.policy.window.title, language) ?? site.name
}

function inLanguage(texts: Readonly<Record<string, string>>, language: string): string | undefined {
  return texts[language] ?? texts.en ?? Object.values(texts)[0]
}
