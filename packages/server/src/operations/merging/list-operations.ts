import type { AccountId, ConversationId, OperationId, PersonId } from '@parley/model'
import { watches } from '@parley/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Role } from '../../db/index.ts'
import { whatItBecame } from '../../road/index.ts'
import { withMerged } from '../sealing/erase-rows.ts'
import { asInOne } from '../standing.ts'

/** Something that was done to the structure of a conversation. */
export interface DoneOperation {
  readonly operation: OperationId
  readonly name: string
  /** What who did it is called; null where they are none of the account's. */
  readonly by: string | null
  readonly you: boolean
  readonly at: string
  /** May you undo it? Something later may still build on it. */
  readonly undoable: boolean
  readonly undone: boolean
}

const most = 100

/**
 * What was done to a conversation, the latest first: to who watches over the account all of it, to others what they did themselves, since
 * of the rest they might not know; what they did in another conversation that became part of this one, where they know what it was done to:
 * else it would tell them of the merge. Null where the conversation is not theirs to see.
 */
export async function listOperations(
  db: Reader,
  who: { account: AccountId; person: PersonId; role: Role | null },
  wanted: ConversationId,
): Promise<DoneOperation[] | null> {
  const { account, person } = who
  const conversation = await whatItBecame(db, account, wanted)
  const { rows: found } = await sql<{ kind: 'outside' | 'own'; visitor: PersonId; hasPart: boolean }>`
    select kind, visitor_id as visitor, exists (select from span s where s.account_id = ${account}
      and s.conversation_id = ${conversation} and s.person_id = ${person}) as "hasPart"
    from conversation where account_id = ${account} and conversation_id = ${conversation}`.execute(db)
  const [shown] = found
  const seesAll = shown !== undefined && watches(asInOne(shown, who))
  if (!conversation || !(seesAll || shown?.hasPart)) return null
  const all = await withMerged(db, account, conversation)
  const { rows } = await sql<Omit<DoneOperation, 'at'> & { at: Date }>`
    select o.operation_id as operation, o.name, r.alias as by, o.person_id = ${person} as you, o.at,
      o.changes is not null and o.undone_by is null as undoable, o.undone_by is not null as undone
    from operation o left join responder r on r.account_id = o.account_id and r.person_id = o.person_id
    where o.account_id = ${account} and (${seesAll} or o.person_id = ${person}
        and (o.conversation_ids @> array[${conversation}]::uuid[] or ${namesTheirs(who, conversation, sql`o`)}))
      and o.conversation_ids && ${all}::uuid[]
    order by o.sequence desc limit ${most}`.execute(db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** What an operation was about, as far as it can be read, is something of the conversation that somebody may know of. */
function namesTheirs(
  { account, person }: { account: AccountId; person: PersonId },
  conversation: ConversationId,
  done: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql`exists (select from span s where s.account_id = ${account} and s.person_id = ${person} and s.conversation_id = ${conversation}
    and s.until >= s.from_position and position(s.interaction_id::text in concat(${done}.result, ${done}.changes)) > 0)`
}
