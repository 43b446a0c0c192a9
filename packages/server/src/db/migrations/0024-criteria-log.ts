import { type Kysely, sql } from 'kysely'

/**
 * Whose criteria, state or teams have changed, in the order of the transactions that changed them: what keeps each process's index of
 * criteria up to date. Triggers write it, so that nothing that changes criteria can forget to; one statement writes as many rows as it
 * changed people. `written_by` is what tells a reader apart what it has not seen: see hunting/read-changes.ts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['criteria_log', 'criteria_log_floor']) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy own_account on ${table} using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
      )
      .execute(db)
    await sql.raw(`grant select, insert, update, delete on ${table} to parley_app`).execute(db)
  }
}

const statements = [
  `create table criteria_log (
    account_id uuid not null,
    sequence bigint generated always as identity,
    person_id uuid not null,
    written_by xid8 not null default pg_current_xact_id(),
    at timestamptz not null default now(),
    primary key (account_id, sequence)
  )`,
  'create index criteria_log_written_by on criteria_log (account_id, written_by)',
  'create index criteria_log_at on criteria_log (at)',

  // The newest of the rows that were taken away: whoever has not read as far loads everything anew.
  `create table criteria_log_floor (
    account_id uuid not null primary key,
    written_by xid8 not null
  )`,

  `create function log_criteria_of_changed() returns trigger language plpgsql as $$
    begin
      insert into parley.criteria_log (account_id, person_id) select distinct account_id, person_id from changed;
      return null;
    end $$`,
  `create function log_criteria_updated() returns trigger language plpgsql as $$
    begin
      insert into parley.criteria_log (account_id, person_id)
      select a.account_id, a.person_id from after a join before b using (account_id, person_id) where a.wants is distinct from b.wants;
      return null;
    end $$`,
  `create function log_responder_updated() returns trigger language plpgsql as $$
    begin
      insert into parley.criteria_log (account_id, person_id)
      select a.account_id, a.person_id from after a join before b using (account_id, person_id) where a.state is distinct from b.state;
      return null;
    end $$`,
  `create function log_team_member_updated() returns trigger language plpgsql as $$
    begin
      insert into parley.criteria_log (account_id, person_id)
      select account_id, person_id from after union select account_id, person_id from before;
      return null;
    end $$`,
  ...['criteria', 'responder', 'team_member'].flatMap((table) => [
    `create trigger ${table}_inserted after insert on ${table} referencing new table as changed
      for each statement execute function log_criteria_of_changed()`,
    `create trigger ${table}_deleted after delete on ${table} referencing old table as changed
      for each statement execute function log_criteria_of_changed()`,
    `create trigger ${table}_updated after update on ${table} referencing old table as before new table as after
      for each statement execute function log_${table}_updated()`,
  ]),
]
