import { type Kysely, sql } from 'kysely'

/** What is being erased, until it is: written down before the first key is destroyed, so that what a crash left is finished. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table erasing (
    account_id uuid not null,
    -- The operation that it is.
    erasing_id uuid not null,
    of text not null check (of in ('conversation', 'person')),
    of_id uuid not null,
    -- Null: whoever runs the installation, by its command line.
    asked_by uuid,
    by_role text,
    asked_at timestamptz not null,
    primary key (account_id, erasing_id)
  )`,
  'alter table erasing enable row level security',
  `create policy own_account on erasing using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
  'grant select, insert, update, delete on erasing to parley_app',
  // Stays when who did it, or what it was done to, is erased.
  `alter table operation alter column person_id drop not null,
    add column by_role text check (by_role in ('responder', 'operator', 'supervisor', 'administrator', 'installation'))`,
]
