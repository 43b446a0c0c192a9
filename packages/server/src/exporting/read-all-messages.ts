import type { AccountId, InteractionId, PersonId } from '@parley/model'
import type { ConversationView, MessageView } from '@parley/protocol'
import { type AttachmentUrl, readMessages } from '../conversations/index.ts'
import type { Reader } from '../db/index.ts'
import { readableSpans, type Structure } from '../road/index.ts'

/** One message of an export, with the interaction that it stands in. */
export interface Exported extends MessageView {
  readonly interaction: string
}

/** How a page is read: over a connection of its own, or the one that is open anyway. */
export type ReadPage = <T>(work: (reader: Reader) => Promise<T>) => Promise<T>

/** Everything of a conversation that a person may read, interaction by interaction and page by page, as it stood when the reading was begun. */
export async function* readAllMessages(
  read: ReadPage,
  { account, person, url }: { account: AccountId; person: PersonId; url: AttachmentUrl },
  { view, structure }: { view: ConversationView; structure: Structure },
): AsyncGenerator<Exported> {
  const spans = readableSpans(structure, person)
  for (const { id } of view.interactions) {
    for (let after = 0, isMore = true; isMore; ) {
      const page = await read((reader) =>
        readMessages(reader, { account, person, interaction: id as InteractionId, spans, cursor: { after }, url }),
      )
      for (const message of page.messages) yield { ...message, interaction: id }
      after = page.messages.at(-1)?.n ?? after
      isMore = page.more && page.messages.length > 0
    }
  }
}
