import type { AccountId } from '@parley/model'
import type { Database } from '../db/index.ts'
import type { JoiningMode } from './decide-joining.ts'

export interface JoinPage {
  readonly account: AccountId
  readonly name: string
  readonly mode: JoiningMode
  readonly topics: { readonly id: string; readonly site: string; readonly names: Record<string, string> }[]
}

/** Whose joining page this is: the key in its address says so, across accounts. */
export async function findJoinPage(db: Database, key: string): Promise<JoinPage | null> {
  if (!/^[0-9a-f]{16}$/.test(key)) return null
  const found = await db.workers.selectFrom('account').selectAll().where('join_key', '=', key).executeTakeFirst()
  if (!found) return null
  const topics = await db.read(found.account_id, (reader) =>
    reader
      .selectFrom('topic')
      .innerJoin('site', (join) =>
        join.onRef('site.account_id', '=', 'topic.account_id').onRef('site.site_id', '=', 'topic.site_id'),
      )
      .select(['topic.topic_id as id', 'topic.names', 'site.name as site'])
      .where('topic.account_id', '=', found.account_id)
      .orderBy('site.name')
      .orderBy('topic.position')
      .limit(500)
      .execute(),
  )
  return { account: found.account_id, name: found.name, mode: found.joining, topics }
}
