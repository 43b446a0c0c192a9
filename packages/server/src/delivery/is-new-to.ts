import { type RawBuilder, sql } from 'kysely'

/**
 * Of placement `l`: it was neither taken back nor erased, and whoever it is (a column or an id) has not got the message where it stood
 * before it was placed here besides.
 */
export function isNewTo(person: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from interaction i where i.account_id = l.account_id and i.interaction_id = l.interaction_id
      and l.position = any(i.withdrawn || i.emptied))
    and (l.placed_by is null or not exists (select from placement o join span h on h.account_id = o.account_id
        and h.interaction_id = o.interaction_id and o.position between h.from_position and h.until
      where o.account_id = l.account_id and o.message_id = l.message_id and o.interaction_id <> l.interaction_id
        and h.person_id = ${person}))`
}
