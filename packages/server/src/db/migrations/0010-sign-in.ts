import { type Kysely, sql } from 'kysely'

/**
 * Sign-ins of responders, in a schema of their own that `parley_app` cannot read. The first six tables are better-auth's, under our names
 * (a test compares them with what it expects); the last three are ours. They do not begin with account_id, because better-auth looks them up
 * by their own keys: `sign_in.holder` says whose account and person a login is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'create schema sign_in',

  `create table sign_in.login (
    id text primary key,
    name text not null,
    email text not null unique,
    email_verified boolean not null,
    image text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    two_factor_enabled boolean default false
  )`,

  `create table sign_in.session (
    id text primary key,
    expires_at timestamptz not null,
    token text not null unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null,
    ip_address text,
    user_agent text,
    user_id text not null references sign_in.login (id) on delete cascade
  )`,
  'create index session_user_id on sign_in.session (user_id)',

  `create table sign_in.credential (
    id text primary key,
    account_id text not null,
    provider_id text not null,
    user_id text not null references sign_in.login (id) on delete cascade,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null
  )`,
  'create index credential_user_id on sign_in.credential (user_id)',

  `create table sign_in.challenge (
    id text primary key,
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  'create index challenge_identifier on sign_in.challenge (identifier)',

  `create table sign_in.second_factor (
    id text primary key,
    secret text not null,
    backup_codes text not null,
    user_id text not null references sign_in.login (id) on delete cascade,
    verified boolean default true,
    failed_verification_count integer default 0,
    locked_until timestamptz
  )`,
  'create index second_factor_secret on sign_in.second_factor (secret)',
  'create index second_factor_user_id on sign_in.second_factor (user_id)',

  `create table sign_in.rate (
    id text primary key,
    key text not null unique,
    count integer not null,
    last_request bigint not null
  )`,

  // Whose login it is. A person has one at most.
  `create table sign_in.holder (
    account_id uuid not null,
    person_id uuid not null,
    user_id text not null unique references sign_in.login (id) on delete cascade,
    created_at timestamptz not null,
    primary key (account_id, person_id)
  )`,

  `create table sign_in.one_time_link (
    key_hash bytea primary key,
    user_id text not null references sign_in.login (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  'create index one_time_link_user_id on sign_in.one_time_link (user_id)',

  // Passwords tried for one address, wherever from: the address is kept as a hash.
  `create table sign_in.tries (
    key_hash bytea primary key,
    count integer not null,
    since timestamptz not null
  )`,
]
