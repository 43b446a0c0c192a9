import { type AccountId, type InteractionId, isoTime } from '@parley/model'
import { isSealedSomewhere } from '@parley/rules'
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
    with believed as materialized (
      select * from unnest($2::uuid[], $3::int[], $4::bigint[], $5::bigint[], $6::timestamptz[])
        with ordinality as b(id, structure, was, ordinal, last_at, number)
    ), held as materialized (
      select c.conversation_id, c.structure, c.ordinal from conversation c
      where c.account_id = $1 and c.conversation_id = any($2::uuid[]) order by c.conversation_id for update
    ), sure as materialized (
      select count(*) = cardinality($2::uuid[]) as yes from held h
      join believed b on b.id = h.conversation_id and b.structure = h.structure and b.was = h.ordinal
    ), said as materialized (
      select m.*, b.id as conversation
      from unnest($7::uuid[], $8::int[], $9::uuid[], $10::uuid[], $11::text[], $12::text[], $13::timestamptz[], $14::bigint[])
        with ordinality as m(id, believed, person, participant, body, key, at, ordinal, number)
      join believed b on b.number = m.believed
      where (select yes from sure)
    ), stored as (
      insert into message (account_id, message_id, conversation_id, person_id, participant_id, kind, medium, body, key, at)
      select $1, id, conversation, person, participant, 'said', 'web', body, decode(key, 'hex'), at from said
    ), placed as (
      insert into placement (account_id, interaction_id, position, conversation_id, ordinal, message_id)
      select $1, p.interaction, p.position, said.conversation, said.ordinal, said.id
      from unnest($15::uuid[], $16::int[], $17::int[]) as p(interaction, position, of)
      join said on said.number = p.of
    ), counted as (
      update conversation c set ordinal = b.ordinal, last_at = b.last_at from believed b
      where c.account_id = $1 and c.conversation_id = b.id and (select yes from sure)
    )
    select yes from sure`,
}

/**
 * Does storing this touch nothing but messages, placements and counters? Then it needs no transaction of several statements: no files to
 * claim, no forms, no second text, nobody to reach elsewhere than in a window.
 */
export function isPlain(structure: Structure, say: Say): boolean {
  return (
    say.via.medium === 'web' &&
    !isSealedSomewhere(structure) &&
    say.encryption !== 'sealed' &&
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
  const numbers = new Map(believed.map(({ structure }, index) => [structure.conversation, index + 1]))
  const interactions: InteractionId[] = []
  const positions: number[] = []
  const placed: number[] = []
  for (const [index, { placements }] of says.entries()) {
    for (const { interaction, position } of placements) {
      interactions.push(interaction)
      positions.push(position)
      placed.push(index + 1)
    }
  }
  const rows = await db.statement<{ yes: boolean }>(account, statement, [
    account,
    plainArray(believed.map(({ structure }) => structure.conversation)),
    plainArray(believed.map(({ structure }) => structure.version)),
    plainArray(believed.map(({ ordinal }) => ordinal)),
    plainArray(believed.map(({ structure }) => structure.ordinal)),
    plainArray(believed.map(({ structure }) => isoTime(structure.lastAt))),
    plainArray(says.map(({ id }) => id)),
    plainArray(says.map(({ structure }) => numbers.get(structure.conversation) ?? 0)),
    plainArray(says.map(({ say }) => say.person)),
    plainArray(says.map(({ author }) => author.id)),
    textArray(says.map(({ body }) => body)),
    plainArray(says.map(({ say }) => say.key.toString('hex'))),
    plainArray(says.map(({ at }) => isoTime(at))),
    plainArray(says.map(({ ordinal }) => ordinal)),
    plainArray(interactions),
    plainArray(positions),
    plainArray(placed),
  ])
  return rows[0]?.yes === true
}
