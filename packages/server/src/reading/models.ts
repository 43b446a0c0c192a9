import { type AccountId, languages, type TopicId } from '@parley/model'
import {
  compileNumberPattern,
  type DetectLanguage,
  type FoundEntities,
  indexEntities,
  loadLanguages,
  type TopicModel,
  unpackTopics,
} from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** What one account's questions are read with. */
export interface Reading {
  readonly detect: DetectLanguage
  readonly model: TopicModel | null
  readonly find: (text: string) => FoundEntities
  /** Languages that people here speak. */
  readonly candidates: readonly string[]
}

interface Kept extends Reading {
  readonly version: number
  readonly lists: number
}

/** Accounts whose models a process keeps at a time: the largest takes some 20 MB. */
const mostKept = 50

/**
 * What questions are read with, kept in this process. One small row is read for each question: a model that another process has trained, or
 * a list that somebody has changed, is in use from the next question on.
 */
export class ReadingModels {
  readonly #kept = new Map<AccountId, Kept>()
  #detect: Promise<DetectLanguage> | null = null

  /**
   * Reads the tables of languages in now, so that the first question does not wait for them: half a second and 50 MB, which a server that
   * nobody visits does without. A failure is met by whoever reads first.
   */
  warm(): void {
    this.#detect ??= loadLanguages()
    this.#detect.catch(() => {})
  }

  async current(reader: Reader, account: AccountId): Promise<Reading> {
    const kept = this.#kept.get(account)
    const { rows } = await sql<{ version: number; lists: number }>`
      select version, lists from reading where account_id = ${account}`.execute(reader)
    this.#detect ??= loadLanguages()
    const { version, lists } = rows[0] ?? { version: 0, lists: 0 }
    if (kept && kept.version === version && kept.lists === lists) return kept
    const fresh = {
      version,
      lists,
      detect: await this.#detect,
      model: kept?.version === version ? kept.model : await readModel(reader, account),
      find: kept?.lists === lists ? kept.find : await readLists(reader, account),
      candidates: languages,
    }
    this.#kept.delete(account)
    this.#kept.set(account, fresh)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest) this.#kept.delete(oldest)
    return fresh
  }
}

async function readModel(reader: Reader, account: AccountId): Promise<TopicModel | null> {
  const row = await reader.selectFrom('reading').select('model').where('account_id', '=', account).executeTakeFirst()
  return row?.model ? unpackTopics(row.model) : null
}

async function readLists(reader: Reader, account: AccountId): Promise<Reading['find']> {
  const products = await reader
    .selectFrom('product')
    .select(['name', 'names'])
    .where('account_id', '=', account)
    .orderBy('product_id')
    .execute()
  const patterns = await reader
    .selectFrom('number_pattern')
    .select(['name', 'pattern'])
    .where('account_id', '=', account)
    .orderBy('name')
    .execute()
  return indexEntities({
    products: products.map(({ name, names }) => ({ key: name, names: [name, ...names] })),
    numbers: patterns.flatMap(({ name, pattern }) => {
      const compiled = compileNumberPattern(pattern)
      return compiled.ok ? [{ name, pattern: compiled.pattern }] : []
    }),
  })
}

/** Topics that a question on a site may be about. */
export async function topicsOn(
  reader: Reader,
  account: AccountId,
  site: string,
): Promise<ReadonlyMap<TopicId, Record<string, string>>> {
  const rows = await reader
    .selectFrom('topic')
    .select(['topic_id', 'names'])
    .where('account_id', '=', account)
    .where(sql<boolean>`site_id = ${site}`)
    .execute()
  return new Map(rows.map(({ topic_id, names }) => [topic_id, names]))
}
