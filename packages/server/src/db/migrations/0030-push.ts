import { type Kysely, sql } from 'kysely'

/**
 * Addresses that a browser makes by subscribing: where they really lead is a secret, and what a lock screen may show is its owner's to say.
 * And whether a file was looked at by the virus scanner.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // target: what a delivery is sent to where `value` is only what its owner calls it. Holds keys; no answer of the API has it.
  // page: the path of our page that is opened there; null for the desk.
  // shows_words: may what is said be seen there by whoever looks at the device?
  `alter table address
    add column target text,
    add column page text,
    add column shows_words boolean not null default false`,
  // A browser has one subscription, whoever used it before, in whichever account.
  'create index address_target on address (value_key) where target is not null',
  // What the virus scanner said; null where there was none.
  `alter table attachment add column scan text check (scan in ('clean', 'unknown'))`,
]
