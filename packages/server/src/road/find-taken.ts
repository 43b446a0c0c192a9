import { numberInView, withoutWithdrawn } from '@parley/rules'
import type { Reader, Writer } from '../db/index.ts'
import type { Say } from './say.ts'
import type { SayAnswer } from './say-answer.ts'

/** The answer that an earlier arrival of the same thing got, or null when this is the first. */
export async function findTaken(db: Reader | Writer, say: Say): Promise<SayAnswer | null> {
  const message = await db
    .selectFrom('message')
    .select(['message_id', 'at'])
    .where('account_id', '=', say.account)
    .where('key', '=', say.key)
    .executeTakeFirst()
  if (!message) return null
  const [placements, rights] = await Promise.all([
    db
      .selectFrom('placement')
      .innerJoin('interaction', (join) =>
        join
          .onRef('interaction.account_id', '=', 'placement.account_id')
          .onRef('interaction.interaction_id', '=', 'placement.interaction_id'),
      )
      .select(['placement.interaction_id as interaction', 'placement.position', 'interaction.withdrawn'])
      .where('placement.account_id', '=', say.account)
      .where('placement.message_id', '=', message.message_id)
      .execute(),
    db
      .selectFrom('span')
      .select(['interaction_id as interaction', 'from_position as from', 'to_position as to', 'basis'])
      .where('account_id', '=', say.account)
      .where('person_id', '=', say.person)
      .where('conversation_id', '=', say.to.conversation)
      .execute(),
  ])
  return {
    ok: true,
    message: message.message_id,
    at: message.at,
    places: placements.flatMap(({ interaction, position, withdrawn }) => {
      const spans = rights.flatMap((right) => withoutWithdrawn(right, withdrawn))
      const n = numberInView(spans, interaction, position)
      return n === null ? [] : [{ interaction, n }]
    }),
    placements,
    repeated: true,
    asSent: false,
  }
}

/** What would be refused now may have been taken before, when it was still allowed: a repetition gets the first answer. */
export async function answerRepeated(tx: Writer, answers: Map<Say, SayAnswer | Promise<SayAnswer>>): Promise<void> {
  for (const say of answers.keys()) {
    const before = await findTaken(tx, say)
    if (before) answers.set(say, before)
  }
}

/** The same thing twice in one batch: a client that reconnected and repeated what was still on its way. */
export function dropRepeated(says: readonly Say[]): Say[] {
  const seen = new Set<string>()
  return says.filter((say) => {
    const key = say.key.toString('latin1')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

export async function repeatedIn(
  says: readonly Say[],
  repeated: Say,
  answers: ReadonlyMap<Say, SayAnswer | Promise<SayAnswer>>,
): Promise<SayAnswer> {
  const first = says.find((say) => say.key.equals(repeated.key))
  const answer = first && (await answers.get(first))
  if (!answer) throw new Error('a message of the batch was left without an answer')
  return answer.ok ? { ...answer, repeated: true, asSent: false } : answer
}
