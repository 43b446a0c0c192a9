import type { AccountId, ConversationId } from '@parley/model'
import { greetOnEntry, speaksFirst } from '../../concierge/index.ts'
import type { Entry } from '../../links/index.ts'
import type { HttpContext } from '../context.ts'

/** Whether something is to happen as soon as somebody opens a window here: people are looked for, or the concierge speaks first. */
export async function beginsOnEntry(
  { db }: Pick<HttpContext, 'db'>,
  { site, link }: Entry,
  url: string | undefined,
): Promise<boolean> {
  if (site.policy.hunt.begins === 'on-entry') return true
  const facts = {
    site: [site.id],
    ...(url === undefined ? {} : { url: [url] }),
    ...(link?.topic ? { topic: [link.topic] } : {}),
  }
  return db.read(site.account, (reader) => speaksFirst(reader, site.account, { facts, link: link?.id ?? null }))
}

/** The concierge speaks first in a conversation that was just begun, where a script says so. */
export function speakFirst(context: HttpContext, account: AccountId, conversation: ConversationId): Promise<void> {
  const { db, road, addresses } = context
  return greetOnEntry({ db, road, addresses }, account, conversation)
}
