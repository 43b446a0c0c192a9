import { type Kysely, sql } from 'kysely'

/** What is sealed besides messages, and what is left of what was erased: nothing that can be read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  await sql.raw('alter table erased_key enable row level security').execute(db)
  await sql
    .raw(
      `create policy own_account on erased_key using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
    )
    .execute(db)
  await sql.raw('grant select, insert, update, delete on erased_key to parley_app').execute(db)
}

const statements = [
  // Whether the excerpt holds words that are sealed.
  `alter table offer add column encryption text not null default 'none' check (encryption in ('none', 'sealed'))`,
  // Sealed chunk by chunk under a key of its own in the key store: a file is there before it is known which message takes it.
  `alter table blob add column own_key boolean not null default false`,
  // What came in and was erased, as a keyed hash of its message's key: it does not come back from a mailbox.
  `create table erased_key (
    account_id uuid not null,
    key_hash text collate "C" not null,
    erased_at timestamptz not null,
    primary key (account_id, key_hash)
  )`,
]
