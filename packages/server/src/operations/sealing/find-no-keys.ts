import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { sealedMark, type Writer } from '../../db/index.ts'
import { wordsOf } from './erase-person-rows.ts'
import { withMerged } from './erase-rows.ts'
import type { Erasing } from './erasing.ts'

/** What is to be erased is sealed, and the key store holds none of its keys: they lie elsewhere, and would stay while the rows go. */
export type NoKeys = 'no-keys'

export type HasKey = (
  account: AccountId,
  whose: { readonly conversation: ConversationId; readonly by: PersonId | null },
) => Promise<boolean>

/** Looks for the keys of what was said. What is being erased already does not count: its keys go before its rows. */
export async function findNoKeys(
  tx: Writer,
  account: AccountId,
  of: Erasing['of'],
  hasKey: HasKey,
): Promise<NoKeys | null> {
  const { meant, id } =
    'person' in of
      ? { meant: wordsOf(of.person), id: of.person }
      : {
          meant: sql`m.conversation_id = any(${await withMerged(tx, account, of.conversation)}::uuid[])`,
          id: of.conversation,
        }
  const { rows } = await sql<{ conversation: ConversationId; by: PersonId | null }>`
    select distinct split_part(m.body, '.', 3)::uuid as conversation,
      nullif(split_part(split_part(m.body, '.', 4), '~', 2), '')::uuid as by
    from message m where m.account_id = ${account} and ${meant} and m.body like ${`${sealedMark}1.c.%`}
      and not exists (select from erasing e where e.account_id = m.account_id
        and e.of_id in (${id}, m.conversation_id, coalesce(m.author_id, m.person_id)))`.execute(tx)
  for (const whose of rows) if (await hasKey(account, whose)) return null
  return rows.length > 0 ? 'no-keys' : null
}
