import type { AccountId, InteractionId, MessageId } from '@parley/model'
import type { Reader } from '../../db/index.ts'

/** Where these messages stand in an interaction: those that do not stand there, or were taken back there, are left out. */
export async function placedIn(
  db: Reader,
  account: AccountId,
  interaction: { readonly id: string; readonly withdrawn: readonly number[] },
  messages: readonly string[],
): Promise<{ id: string; position: number }[]> {
  const rows = await db
    .selectFrom('placement')
    .select(['message_id', 'position'])
    .where('account_id', '=', account)
    .where('interaction_id', '=', interaction.id as InteractionId)
    .where('message_id', 'in', [...messages] as MessageId[])
    .execute()
  return rows.flatMap(({ message_id: id, position }) =>
    interaction.withdrawn.includes(position) ? [] : [{ id, position }],
  )
}
