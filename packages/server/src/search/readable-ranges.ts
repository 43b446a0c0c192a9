import type { AccountId, InteractionId, PersonId, SpanId } from '@parley/model'
import { mayRead, type Range, type Right, spansOfRights } from '@parley/rules'
import type { Reader } from '../db/index.ts'

export interface ReadableRange extends Range {
  readonly interaction: InteractionId
}

/** All that somebody may read, wherever it is: the ranges that `mayRead` gives for each interaction in which they have a right. */
export async function readableRanges(
  db: Reader,
  wanted: { account: AccountId; person: PersonId },
): Promise<ReadableRange[]> {
  const rows = await db
    .selectFrom('span')
    .innerJoin('interaction', (join) =>
      join
        .onRef('interaction.account_id', '=', 'span.account_id')
        .onRef('interaction.interaction_id', '=', 'span.interaction_id'),
    )
    .select([
      'span.span_id',
      'span.interaction_id',
      'span.from_position',
      'span.to_position',
      'span.basis',
      'interaction.withdrawn',
    ])
    .where('span.account_id', '=', wanted.account)
    .where('span.person_id', '=', wanted.person)
    .execute()
  const withdrawn = new Map(rows.map((row) => [row.interaction_id as string, { withdrawn: row.withdrawn }]))
  const rights = rows.map((row): Right & { id: SpanId } => ({
    id: row.span_id,
    person: wanted.person,
    interaction: row.interaction_id,
    from: row.from_position,
    to: row.to_position,
    basis: row.basis,
    by: null,
  }))
  const spans = spansOfRights(rights, withdrawn).get(wanted.person) ?? []
  return [...new Set(rows.map((row) => row.interaction_id))].flatMap((interaction) =>
    mayRead(
      spans.filter((span) => span.interaction === interaction),
      interaction,
    ).map((range) => ({ ...range, interaction })),
  )
}
