import type { AccountId, ConversationId, PersonId } from '@parley/model'
import type { ConversationView } from '@parley/protocol'
import { type AttachmentUrl, readViews } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import { type Exported, readAllMessages } from './read-all-messages.ts'

export interface Exporting {
  readonly account: AccountId
  readonly person: PersonId
  readonly language: string
  readonly conversation: ConversationId
  readonly url: AttachmentUrl
}

/** A conversation as one person may see it, and everything that they may read of it, read page by page. Null where that is nothing. */
export async function exportConversation(
  db: Database,
  wanted: Exporting,
): Promise<{ view: ConversationView; messages: AsyncGenerator<Exported> } | null> {
  const { account, person, language, conversation } = wanted
  const [found] = await db.read(account, (reader) =>
    readViews(reader, { account, person, language, only: conversation, limit: 1 }),
  )
  if (!found) return null
  // A connection for each page: who reads slowly must hold none meanwhile.
  return { view: found.view, messages: readAllMessages((work) => db.read(account, work), wanted, found) }
}
