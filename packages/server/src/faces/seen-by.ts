import type { PersonId } from '@parley/model'
import { houseFace } from '@parley/rules'
import { type RawBuilder, sql } from 'kysely'

/**
 * The same as `isBehind` of the rules, for rows: is this place behind a face that the reader is not behind? Then they know nothing of it but
 * that face. `place` names a row of `participant` in the statement.
 */
export function isMasked(place: string, reader: PersonId | RawBuilder<unknown>): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${place}.${column}`)
  return sql<boolean>`(${of('face')} is not null and not exists (select from participant behind
    where behind.account_id = ${of('account_id')} and behind.conversation_id = ${of('conversation_id')}
      and behind.person_id = ${reader}
      and (behind.face = ${of('face')} or (${of('face')} = ${houseFace} and behind.role = 'observer'))))`
}

/** The place that a reader takes this one for: the same as `seenAs` of the rules, for rows. */
export function seenAsRow(place: string, reader: PersonId): RawBuilder<string | null> {
  const of = (column: string) => sql.ref(`${place}.${column}`)
  return sql<
    string | null
  >`case when ${of('face')} is null or not ${isMasked(place, reader)} then ${of('participant_id')}
    else (select one.participant_id from participant one where one.account_id = ${of('account_id')}
      and one.interaction_id = ${of('interaction_id')} and one.face = ${of('face')} order by one.participant_id limit 1) end`
}

/** What a reader calls who has this place: the alias, or the name of the face before it in the reader's language; null for who has neither. */
export function aliasOfRow(place: string, reader: PersonId | RawBuilder<unknown>): RawBuilder<string | null> {
  const of = (column: string) => sql.ref(`${place}.${column}`)
  const names = sql`(select case when jsonb_typeof(site.policy->'face') = 'object' then site.policy->'face'->'name' end
    from conversation kept join site on site.account_id = kept.account_id and site.site_id = kept.site_id
    where kept.account_id = ${of('account_id')} and kept.conversation_id = ${of('conversation_id')})`
  const language = sql`(select who.language from person who where who.account_id = ${of('account_id')} and who.person_id = ${reader})`
  return sql<string | null>`case when not ${isMasked(place, reader)} then nullif(${of('alias')}, '')
    when ${of('face')} <> ${houseFace} then ${of('face')}
    else coalesce(${names}->>${language}, ${names}->>'en', (select value from jsonb_each_text(${names}) limit 1)) end`
}

/** Who said what was filed, as it stands beside it; but who stands behind a face before the reader, by that. Of rows `m` of messages, `p` of placements. */
export function filedBy(reader: PersonId): RawBuilder<string | null> {
  return sql<string | null>`coalesce((select ${aliasOfRow('said', reader)} from participant said
    where said.account_id = m.account_id and said.interaction_id = p.interaction_id and said.person_id = m.author_id
      and ${isMasked('said', reader)} limit 1), m.author_name)`
}
