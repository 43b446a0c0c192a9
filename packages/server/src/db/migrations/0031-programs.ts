import { type Kysely, sql } from 'kysely'

/** Programs: people of kind `virtual` who answer and begin as anybody does, with keys in the place of a sign-in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['program', 'api_key', 'outside_person', 'kept_response']) {
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
  // The secrets that sign what goes to its endpoint are derived from the installation's and this number: none is stored.
  `create table program (
    account_id uuid not null,
    person_id uuid not null,
    secret_number int not null default 1,
    old_secret_until timestamptz,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (account_id, person_id)
  )`,

  `create table api_key (
    account_id uuid not null,
    api_key_id uuid not null,
    person_id uuid not null,
    name text not null,
    key_hash bytea not null,
    ends_with text not null,
    scopes text[] not null,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    used_at timestamptz,
    revoked_at timestamptz,
    primary key (account_id, api_key_id)
  )`,
  // In the whole installation: a key says whose account it is.
  'create unique index api_key_hash on api_key (key_hash)',

  // Whom a program speaks for, by what the program calls them.
  `create table outside_person (
    account_id uuid not null,
    program_id uuid not null,
    key text collate "C" not null,
    person_id uuid not null,
    created_at timestamptz not null,
    primary key (account_id, program_id, key)
  )`,
  'create unique index outside_person_person on outside_person (account_id, person_id)',

  // What was answered to a request that may come again (Idempotency-Key). body null: it is being answered.
  `create table kept_response (
    account_id uuid not null,
    person_id uuid not null,
    key_hash bytea not null,
    request_hash bytea not null,
    body text,
    created_at timestamptz not null,
    primary key (account_id, person_id, key_hash)
  )`,
  'create index kept_response_age on kept_response (created_at)',

  // What went to a program, newest first.
  `create index delivery_program on delivery (account_id, person_id, sequence) where medium = 'api'`,
]
