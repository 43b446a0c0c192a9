import type { PersonId, TicketId } from '@parley/model'
import { mergeFacts } from '@parley/rules'
import type { Turn } from '../road/index.ts'
import { readHunt } from './read-hunt.ts'
import { toRequest } from './read-request.ts'

/**
 * Those who want to be asked about a topic, or a category of the account's list, on a ticket like this one: as a search for its asker would
 * find them, but for what the ticket itself is about. A category is looked for by its names, as words and as the field `category`.
 */
export async function findForCategory(
  turn: Turn,
  ticket: TicketId,
  category: string,
  most: number,
): Promise<{ ok: true; people: readonly PersonId[] } | { ok: false }> {
  const { tx, structure, now, random } = turn
  const { account } = structure
  const hunt = await readHunt(turn, ticket)
  const topic = await tx
    .selectFrom('topic')
    .select('topic_id')
    .where('account_id', '=', account)
    .where('topic_id', '=', category as never)
    .executeTakeFirst()
  const other = hunt.facts.filter(({ about }) => about !== 'topic')
  if (topic) {
    const facts = mergeFacts(other, [{ about: 'topic', value: topic.topic_id, source: 'chosen' }])
    const found = await turn.find(tx, account, toRequest({ facts, target: null }, null), now, { most, random })
    return { ok: true, people: found.people }
  }
  const listed = await tx
    .selectFrom('category')
    .select('names')
    .where('account_id', '=', account)
    .where('category_id', '=', category as never)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (!listed) return { ok: false }
  const names = [...new Set(Object.values(listed.names))]
  const facts = [...other, ...names.map((value) => ({ about: 'field:category', value, source: 'chosen' }) as const)]
  const found = await turn.find(tx, account, toRequest({ facts, target: null }, names.join('\n')), now, {
    most,
    random,
  })
  return { ok: true, people: found.people }
}
