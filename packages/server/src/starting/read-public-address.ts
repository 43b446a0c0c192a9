import type { TopicId } from '@parley/model'
import type { TopicKeyword } from '@parley/rules'
import type { Database } from '../db/index.ts'
import type { OwnAddress } from '../delivery/index.ts'

/** What a public address says of who writes there. */
export interface PublicAddress {
  readonly language: string | null
  readonly keywords: readonly TopicKeyword<TopicId>[]
}

export async function readPublicAddress(
  db: Database,
  { account, ownAddress }: Pick<OwnAddress, 'account' | 'ownAddress'>,
): Promise<PublicAddress> {
  return db.read(account, async (reader) => {
    const row = await reader
      .selectFrom('own_address')
      .select('language')
      .where('account_id', '=', account)
      .where('own_address_id', '=', ownAddress)
      .executeTakeFirst()
    const keywords = await reader
      .selectFrom('own_keyword')
      .select(['keyword', 'topic_id as topic'])
      .where('account_id', '=', account)
      .where('own_address_id', '=', ownAddress)
      .orderBy('keyword')
      .execute()
    return { language: row?.language ?? null, keywords }
  })
}
