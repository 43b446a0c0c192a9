import type { AccountId, ConversationId, InteractionId, PersonId } from '@parley/model'
import type { ConversationView, MessageView } from '@parley/protocol'
import { type AttachmentUrl, readMessages, readViews } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import { readableSpans, type Structure } from '../road/index.ts'

export interface Exporting {
  readonly account: AccountId
  readonly person: PersonId
  readonly language: string
  readonly conversation: ConversationId
  readonly url: AttachmentUrl
}

/** One message of an export, with the interaction that it stands in. */
export interface Exported extends MessageView {
  readonly interaction: string
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
  return found ? { view: found.view, messages: messagesOf(db, wanted, found) } : null
}

async function* messagesOf(
  db: Database,
  { account, person, url }: Exporting,
  { view, structure }: { view: ConversationView; structure: Structure },
): AsyncGenerator<Exported> {
  // As it stood when the export was begun: what is said meanwhile is not in it.
  const spans = readableSpans(structure, person)
  for (const { id } of view.interactions) {
    for (let after = 0, isMore = true; isMore; ) {
      // A connection for each page: who reads slowly must hold none meanwhile.
      const page = await db.read(account, (reader) =>
        readMessages(reader, { account, person, interaction: id as InteractionId, spans, cursor: { after }, url }),
      )
      for (const message of page.messages) yield { ...message, interaction: id }
      after = page.messages.at(-1)?.n ?? after
      isMore = page.more && page.messages.length > 0
    }
  }
}
