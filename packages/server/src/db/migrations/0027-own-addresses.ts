import { type Kysely, sql } from 'kysely'

/**
 * Addresses of ours that are not made for one place: the numbers that places share, and what a site is written to by anyone. A place on a
 * shared number is told apart by the number, the reader's own address and a tag. And what peers call the parts of what they took from us.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['own_address', 'provider_reference']) {
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
  // Without a site it serves every site of the account.
  `create table own_address (
    account_id uuid not null,
    own_address_id uuid not null,
    medium text not null,
    value text not null,
    value_key text collate "C" not null,
    site_id uuid,
    purpose text not null check (purpose in ('pool', 'public', 'both')),
    state text not null default 'active' check (state in ('active', 'retired')),
    created_at timestamptz not null,
    primary key (account_id, own_address_id)
  )`,
  // In the whole installation: whoever writes there must be found without knowing the account.
  `create unique index own_address_value on own_address (medium, value_key) where state = 'active'`,

  'alter table relay_address add column own_address_id uuid',
  'alter table relay_address add column peer_key text collate "C"',
  'alter table relay_address add column tag text collate "C"',
  // However two places of one reader come about, they never share a tag.
  `create unique index relay_pooled on relay_address (own_address_id, peer_key, tag)
    where state = 'active' and own_address_id is not null`,

  // The one to send from, for what nobody can answer.
  'alter table delivery add column own_address_id uuid',

  // Peers use their ids again after a while: the newest counts.
  `create table provider_reference (
    account_id uuid not null,
    channel text collate "C" not null,
    provider_id text collate "C" not null,
    delivery_id uuid not null,
    part int not null,
    state text not null check (state in ('sent', 'delivered', 'read', 'failed')),
    created_at timestamptz not null,
    primary key (account_id, delivery_id, channel, provider_id)
  )`,
  'create index provider_reference_id on provider_reference (channel, provider_id, created_at)',
  'create index provider_reference_age on provider_reference (created_at)',
]
