import type { AccountId } from '@parley/model'
import { type Database, plainArray, type Statement, textArray } from '../db/index.ts'
import type { DecidedSay, Say } from './say.ts'
import type { Structure } from './structure.ts'

/** A structure as it was believed to be when the first of the batch was decided on it. */
export interface Believed {
  readonly structure: Structure
  readonly ordinal: number
}

/**
 * Locks the conversations in the order of their ids, and stores the batch only if every one of them is as it was believed to be. A
 * message that was stored before violates the unique key, and then nothing of the batch is stored.
 */
const statement: Statement = {
  name: 'write-plain-says',
  text: `
    with held as materialized (
      select c.conversation_id, c.structure, c.ordinal from conversation c
      where c.account_id = $1 and c.conversation_id = any($2::uuid[]) order by c.conversation_id for update
    ), sure as materialized (
      select count(*) = cardinality($2::uuid[]) as yes from held h
      join unnest($2::uuid[], $3::int[], $4::bigint[]) as b(id, structure, ordinal)
        on b.id = h.conversation_id and b.structure = h.structure and b.ordinal = h.ordinal
    ), stored as (
      insert into message (account_id, message_id, conversation_id, person_id, participant_id, kind, medium, body, masked, key, at)
      select $1, m.id, m.conversation, m.person, m.participant, 'said', m.medium, m.body, m.masked, decode(m.key, 'hex'), m.at
      from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::text[], $12::text[], $13::bool[], $14::text[], $15::timestamptz[])
        as m(id, conversation, person, participant, medium, body, masked, key, at)
      where (select yes from sure)
    ), placed as (
      insert into placement (account_id, interaction_id, position, conversation_id, ordinal, message_id)
      select $1, p.* from unnest($16::uuid[], $17::int[], $18::uuid[], $19::bigint[], $20::uuid[]) as p
      where (select yes from sure)
    ), counted as (
      update conversation c set ordinal = n.ordinal, last_at = n.last_at
      from unnest($2::uuid[], $5::bigint[], $6::timestamptz[]) as n(id, ordinal, last_at)
      where c.account_id = $1 and c.conversation_id = n.id and (select yes from sure)
    )
    select yes from sure`,
}

/**
 * Does storing this touch nothing but messages, placements and counters? Then it needs no transaction of several statements: no files to
 * claim, no forms, no second text, nobody to reach elsewhere than in a window.
 */
export function isPlain(structure: Structure, say: Say): boolean {
  return (
    say.said.full === say.said.visible &&
    say.form === null &&
    say.rawBlob === null &&
    say.writtenAt === null &&
    !say.unproven &&
    say.attachments.length === 0 &&
    structure.participants.every(({ left, medium, address }) => left || medium === 'web' || address === null)
  )
}

/**
 * Stores decided messages of one account in one round trip and one commit, instead of a transaction of five statements (docs/performance.md).
 * False when a conversation was not as believed: then nothing is stored.
 */
export async function writePlainSays(
  db: Database,
  account: AccountId,
  believed: readonly Believed[],
  says: readonly DecidedSay[],
): Promise<boolean> {
  const placed = says.flatMap((say) => say.placements.map((placement) => ({ say, placement })))
  const rows = await db.statement<{ yes: boolean }>(account, statement, [
    account,
    plainArray(believed.map(({ structure }) => structure.conversation)),
    plainArray(believed.map(({ structure }) => structure.version)),
    plainArray(believed.map(({ ordinal }) => ordinal)),
    plainArray(believed.map(({ structure }) => structure.ordinal)),
    plainArray(believed.map(({ structure }) => structure.lastAt.toISOString())),
    plainArray(says.map(({ id }) => id)),
    plainArray(says.map(({ structure }) => structure.conversation)),
    plainArray(says.map(({ say }) => say.person)),
    plainArray(says.map(({ author }) => author.id)),
    plainArray(says.map(({ say }) => say.via.medium)),
    textArray(says.map(({ body }) => body)),
    plainArray(says.map(({ masked }) => masked)),
    plainArray(says.map(({ say }) => say.key.toString('hex'))),
    plainArray(says.map(({ at }) => at.toISOString())),
    plainArray(placed.map(({ placement }) => placement.interaction)),
    plainArray(placed.map(({ placement }) => placement.position)),
    plainArray(placed.map(({ say }) => say.structure.conversation)),
    plainArray(placed.map(({ say }) => say.ordinal)),
    plainArray(placed.map(({ say }) => say.id)),
  ])
  return rows[0]?.yes === true
}
