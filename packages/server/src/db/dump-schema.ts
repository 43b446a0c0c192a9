import type { ClientBase } from 'pg'

/** The schema as text that can be compared line by line: tables with columns, checks and keys, indexes, policies. */
export async function dumpSchema(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ line: string }>(`
    with tables as (
      select c.oid, n.nspname || '.' || c.relname as name, c.relrowsecurity as walled
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('parley', 'sign_in') and c.relkind = 'r'
    ), lines as (
      select name, 0 as part, 0 as place, 'table ' || name || case when walled then '' else ' (no row security)' end as line from tables
      union all
      select t.name, 1, a.attnum, '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attcollation <> 0 and co.collname <> 'default' then ' collate ' || co.collname else '' end
        || case when a.attnotnull then ' not null' else '' end
        || case when a.attidentity <> '' then ' identity' else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end
      from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_collation co on co.oid = a.attcollation
      union all
      select t.name, 2, row_number() over (partition by t.name order by k.contype, k.conname), '  ' || k.conname || ': ' || pg_get_constraintdef(k.oid)
      from tables t join pg_constraint k on k.conrelid = t.oid and k.contype <> 'n'
      union all
      select t.name, 3, row_number() over (partition by t.name order by i.indexrelid::regclass::text), '  ' || pg_get_indexdef(i.indexrelid)
      from tables t join pg_index i on i.indrelid = t.oid
      where not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      union all
      select t.name, 4, row_number() over (partition by t.name order by p.polname), '  policy ' || p.polname || ' ' || pg_get_expr(p.polqual, p.polrelid)
      from tables t join pg_policy p on p.polrelid = t.oid
    )
    select line from lines order by name collate "C", part, place`)
  return `${rows.map(({ line }) => line).join('\n')}\n`
}
