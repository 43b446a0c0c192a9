import { sql } from 'kysely'

/**
 * Of placement `p` and its message `m`: the person under whose name it stands there. What was placed besides stands under its author's where
 * they have a place that writes there, else under that of who placed it.
 */
export const whoseName = sql`coalesce((select a.person_id from participant a where p.placed_by is not null and a.account_id = p.account_id
  and a.interaction_id = p.interaction_id and a.person_id = m.person_id and a.role <> 'observer'), p.placed_by, m.person_id)`
