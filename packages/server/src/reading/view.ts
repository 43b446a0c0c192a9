import type { AccountId, TopicId } from '@parley/model'
import type { ReadingExamples, ReadingView, TriedText } from '@parley/protocol'
import { classify } from '@parley/rules'
import type { Reader } from '../db/index.ts'
import { type ReadingModels, topicsOn } from './models.ts'

const mostShown = 500
const mostRanked = 10

/** What an account's questions are read by, and how well. */
export async function viewReading(reader: Reader, account: AccountId): Promise<ReadingView> {
  const own = { account_id: account }
  const topics = await reader
    .selectFrom('topic')
    .selectAll()
    .where((eb) => eb.and(own))
    .orderBy('site_id')
    .orderBy('position')
    .orderBy('topic_id')
    .execute()
  const keywords = await reader
    .selectFrom('reading_keyword')
    .selectAll()
    .where((eb) => eb.and(own))
    .orderBy('keyword')
    .execute()
  const products = await reader
    .selectFrom('product')
    .selectAll()
    .where((eb) => eb.and(own))
    .orderBy('name')
    .orderBy('product_id')
    .execute()
  const patterns = await reader
    .selectFrom('number_pattern')
    .select(['name', 'pattern'])
    .where((eb) => eb.and(own))
    .orderBy('name')
    .execute()
  const counts = await reader
    .selectFrom('reading_example')
    .select((eb) => ['topic_id', eb.fn.countAll<string>().as('count')])
    .where('account_id', '=', account)
    .groupBy('topic_id')
    .execute()
  const state = await reader
    .selectFrom('reading')
    .select(['report', 'refusal', 'trained_at', 'wanted_at', 'busy_until'])
    .where('account_id', '=', account)
    .executeTakeFirst()
  const countOf = (topic: TopicId | null) => Number(counts.find(({ topic_id }) => topic_id === topic)?.count ?? 0)
  const { report = null, refusal = null } = state ?? {}
  return {
    topics: topics.map(({ topic_id, site_id, names }) => ({
      id: topic_id,
      site: site_id,
      names,
      examples: countOf(topic_id),
      keywords: keywords.filter((each) => each.topic_id === topic_id).map(({ keyword }) => keyword),
    })),
    none: countOf(null),
    products: products.map(({ product_id, name, names }) => ({ id: product_id, name, names })),
    patterns,
    isLearning: Boolean(state?.wanted_at ?? state?.busy_until),
    learnedAt: state?.trained_at?.toISOString() ?? null,
    refusal: refusal === 'too-few-topics' || refusal === 'too-few-examples' ? refusal : null,
    report: report && { ...report, topics: [...report.topics], confusions: report.confusions.slice(0, 50) },
  }
}

/** Examples that administrators gave, the newest first. */
export async function listExamples(
  reader: Reader,
  account: AccountId,
  topic: TopicId | null,
): Promise<ReadingExamples> {
  const rows = await reader
    .selectFrom('reading_example')
    .select(['example_id as id', 'text', 'created_at as at'])
    .where('account_id', '=', account)
    .where('topic_id', topic === null ? 'is' : '=', topic)
    .orderBy('example_id', 'desc')
    .limit(mostShown)
    .execute()
  return { examples: rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })) }
}

/** What the road would make of a text on a site: nothing is stored. */
export async function tryText(
  reader: Reader,
  models: ReadingModels,
  { account, site, text }: { account: AccountId; site: string; text: string },
): Promise<TriedText> {
  const { detect, model, find, candidates } = await models.current(reader, account)
  const topics = await topicsOn(reader, account, site)
  const { language, confidence } = detect(text, candidates)
  const read = model ? classify(model, text, { among: new Set<string>(topics.keys()) }) : null
  const { products, numbers } = find(text)
  return {
    language,
    languageConfidence: confidence,
    ranked: (read?.ranked ?? [])
      .slice(0, mostRanked)
      .map(({ label, confidence: sure }) => ({ id: label, confidence: sure })),
    known: read?.known ?? false,
    topic: read?.topic ?? null,
    ask: read?.ask ? [...read.ask] : null,
    products: products.map(({ key, ...rest }) => ({ name: key, ...rest })),
    numbers: numbers.map(({ name, value }) => ({ name, value })),
  }
}
