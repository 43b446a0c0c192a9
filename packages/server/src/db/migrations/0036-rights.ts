import { type Kysely, sql } from 'kysely'

/** What a right hangs on, whether a visitor lets those who answer see each other, and who is to follow a change of a team. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // under: `let-see`, or the id of a team that was let in; ends with it.
  'alter table span add column under text',
  'alter table conversation add column lets_see jsonb',
  'create index interaction_teams on interaction using gin (teams)',

  // Somebody came to a team, or left it, that is let into an interaction: their rights there are to follow, in a turn of its own.
  `create table team_work (
    account_id uuid not null,
    interaction_id uuid not null,
    team_id uuid not null,
    person_id uuid not null,
    primary key (account_id, interaction_id, team_id, person_id)
  )`,
  'alter table team_work enable row level security',
  `create policy own_account on team_work
    using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
  'grant select, insert, update, delete on team_work to parley_app',

  // The team's row is locked, so that who lets it in at this moment has either these members or this work.
  `create function note_team_work(account uuid, team uuid, person uuid) returns void language plpgsql as $$
    begin
      perform from team t where t.account_id = account and t.team_id = team for share;
      insert into team_work (account_id, interaction_id, team_id, person_id)
        select account, i.interaction_id, team, person from interaction i
        where i.account_id = account and i.teams @> array[team]
        on conflict do nothing;
    end $$`,
  `create function note_team_member() returns trigger language plpgsql as $$
    declare changed team_member;
    begin
      if tg_op = 'DELETE' then changed := old; else changed := new; end if;
      perform note_team_work(changed.account_id, changed.team_id, changed.person_id);
      return null;
    end $$`,
  `create trigger team_member_noted after insert or delete on team_member
    for each row execute function note_team_member()`,
  `create function note_responder_state() returns trigger language plpgsql as $$
    begin
      perform note_team_work(m.account_id, m.team_id, m.person_id) from team_member m
        where m.account_id = new.account_id and m.person_id = new.person_id;
      return null;
    end $$`,
  `create trigger responder_state_noted after update of state on responder
    for each row when (old.state is distinct from new.state) execute function note_responder_state()`,
]
