import { sql } from 'kysely'

/** Joins to relay `r` the place that it stands for as `p`: where that was merged into another, the other, however often. */
export const placeNow = sql`left join lateral (
  with recursive led (participant_id, merged_into) as (
    select o.participant_id, o.merged_into from participant o
      where o.account_id = r.account_id and o.participant_id = r.participant_id
    union select n.participant_id, n.merged_into from led
      join participant n on n.account_id = r.account_id and n.participant_id = led.merged_into)
  select q.* from led join participant q on q.account_id = r.account_id and q.participant_id = led.participant_id
  where led.merged_into is null limit 1) p on true`
