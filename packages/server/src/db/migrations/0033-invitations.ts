import { type Kysely, sql } from 'kysely'

/** Who is asked into an interaction, before they are in it: over any medium, each with an address of ours that a reply accepts at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  await sql.raw('alter table place_invitation enable row level security').execute(db)
  await sql
    .raw(
      "create policy own_account on place_invitation using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))",
    )
    .execute(db)
  await sql.raw('grant select, insert, update, delete on place_invitation to parley_app').execute(db)
}

const statements = [
  // note: all that is shown of it before it is accepted, screened. history: of history_of, in its positions. named: who asks, as they are called there.
  `create table place_invitation (
    account_id uuid not null,
    invitation_id uuid not null,
    conversation_id uuid not null,
    interaction_id uuid not null,
    person_id uuid not null,
    invited_by uuid not null,
    named text not null,
    note text not null,
    encryption text not null default 'none' check (encryption in ('none', 'sealed')),
    history jsonb not null,
    history_of uuid not null,
    state text not null check (state in ('open', 'accepted', 'declined', 'withdrawn')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (account_id, invitation_id)
  )`,
  "create unique index place_invitation_open on place_invitation (account_id, interaction_id, person_id) where state = 'open'",
  'create index place_invitation_person on place_invitation (account_id, person_id, created_at)',
  'create index place_invitation_by on place_invitation (account_id, invited_by, created_at)',
  'create index place_invitation_conversation on place_invitation (account_id, conversation_id)',

  'alter table relay_address add column invitation_id uuid',
  'create index relay_invitation on relay_address (account_id, invitation_id) where invitation_id is not null',
]
