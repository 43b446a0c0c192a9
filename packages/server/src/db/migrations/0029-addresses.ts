import { type Kysely, sql } from 'kysely'

/**
 * Codes that went out to prove an address, so that they can be bound per person, per address and per network across processes; and
 * whether an address is one of ours, of whichever account.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Kept for an hour. The address and the network stand here as hashes: all that is ever asked is whether they are the same.
  `create table code_sent (
    account_id uuid not null,
    code_id uuid not null,
    person_id uuid not null,
    address_hash bytea not null,
    network_hash bytea,
    sent_at timestamptz not null,
    primary key (account_id, code_id)
  )`,
  'create index code_sent_at on code_sent (account_id, sent_at)',
  'alter table code_sent enable row level security',
  `create policy own_account on code_sent
    using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
  'grant select, insert, update, delete on code_sent to parley_app',

  // Seen past the wall between accounts, and tells nothing but yes or no: two addresses of ours would answer each other without an end.
  `create function is_own_address(media text[], keys text[]) returns boolean
    language sql stable security definer set search_path = parley, pg_temp as $$
      select exists (select from own_address where medium = any(media) and value_key = any(keys) and state = 'active') $$`,
  'revoke all on function is_own_address(text[], text[]) from public',
  'grant execute on function is_own_address(text[], text[]) to parley_app',
]
