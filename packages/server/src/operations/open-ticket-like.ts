import type { AccountId } from '@parley/model'
import type { Change } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/** A ticket of its own, about the same and with the same rules as another of the conversation; nobody is looked for. */
export async function openTicketLike(
  tx: Writer,
  account: AccountId,
  { conversation, ticket, intake, parent, like }: Extract<Change, { kind: 'open-ticket' }>,
  now: Date,
): Promise<void> {
  const { numInsertedOrUpdatedRows: made } = await tx
    .insertInto('ticket')
    .columns([
      ...(['account_id', 'ticket_id', 'conversation_id', 'intake_id', 'parent_id', 'state', 'hunt'] as const),
      ...(['topic_id', 'category', 'encryption', 'admission', 'facts', 'created_at'] as const),
    ])
    .expression(
      tx
        .selectFrom('ticket')
        .select([
          sql<typeof account>`${account}::uuid`.as('account_id'),
          sql`${ticket}::uuid`.as('ticket_id'),
          sql`${conversation}::uuid`.as('conversation_id'),
          sql`${intake}::uuid`.as('intake_id'),
          sql`${parent}::uuid`.as('parent_id'),
          sql`'open'`.as('state'),
          sql`'found'`.as('hunt'),
          'topic_id',
          'category',
          'encryption',
          'admission',
          'facts',
          sql`${now}::timestamptz`.as('created_at'),
        ])
        .where('account_id', '=', account)
        .where(sql<boolean>`ticket_id = ${like}::uuid`) as never,
    )
    .executeTakeFirst()
  if (made !== 1n) throw new Error('the ticket that another is made like is not there')
}
