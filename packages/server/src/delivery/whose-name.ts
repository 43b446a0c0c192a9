import { sql } from 'kysely'

/**
 * Of placement `p` and its message `m`: the person under whose name it stands there. What was placed besides stands under its author's where
 * they have a place that writes there, else under that of who placed it where they have one; null where neither has. Whoever only watches
 * shows by nothing.
 */
export const whoseName = sql`case when p.placed_by is null then m.person_id else (select a.person_id from participant a
  where a.account_id = p.account_id and a.interaction_id = p.interaction_id and a.person_id in (m.person_id, p.placed_by) and a.role <> 'observer'
  order by a.person_id <> m.person_id limit 1) end`
