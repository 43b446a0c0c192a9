import { type Kysely, sql } from 'kysely'

/**
 * What a request is about stands on its ticket, with where each fact comes from; a hunt has waves and an end; an offer may wait for a
 * better one; a place may be lost by silence. `due_at` is the next moment at which a ticket wants a step, whatever it is: the sweep looks
 * at nothing else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // What responders want, from lists to conditions. A list that was there and empty wanted none, and still does.
  `update criteria c set wants = coalesce((
      select jsonb_build_object('all', jsonb_agg(jsonb_build_object('about', o.about, 'oneOf', c.wants->o.list) order by o.position))
      from (values (1, 'sites', 'site'), (2, 'topics', 'topic'), (3, 'languages', 'language'), (4, 'regions', 'region'))
        as o(position, list, about)
      where jsonb_typeof(c.wants->o.list) = 'array'
      having count(*) > 0
    ), '{}') where not c.wants ?| array['all', 'any', 'none', 'hours', 'away']`,

  // Where one is reached at which hours, in the shape of a responder's own hours; null at any.
  'alter table address add column hours jsonb',
  // How many questions a responder wants in an hour at most; null sets no bound.
  'alter table responder add column per_hour int check (per_hour > 0)',

  // hunt_from: when this search began. ask_at: when more people are asked. expire_at: when the next offer runs out. hunt_until: when the visitor is told that nobody answers. waits_until:
  // how long those who come free later are still asked. grace_until: how long answers over another medium wait for a preferred one.
  // places_at: when to look whether those with a place are still there. news_at: when those who are asked hear what is new.
  `alter table ticket
    add column facts jsonb not null default '[]',
    add column target jsonb,
    add column wave int not null default 0,
    add column hunt_from timestamptz,
    add column ask_at timestamptz,
    add column expire_at timestamptz,
    add column hunt_until timestamptz,
    add column waits_until timestamptz,
    add column grace_until timestamptz,
    add column places_at timestamptz,
    add column news_at timestamptz,
    add column told_at timestamptz,
    add column moves int not null default 0,
    add column due_at timestamptz generated always as
      (least(ask_at, expire_at, hunt_until, waits_until, grace_until, places_at, news_at)) stored`,
  'create index ticket_due on ticket (due_at) where due_at is not null',

  // kept: answers that wait, until the grace ends, for one over a preferred medium. news: more is known than was sent.
  `alter table offer
    add column wave int not null default 1,
    add column expires_at timestamptz,
    add column invited boolean not null default false,
    add column kept jsonb not null default '[]',
    add column news boolean not null default false,
    drop constraint offer_state_check,
    add constraint offer_state_check
      check (state in ('open', 'waiting', 'declined', 'withdrawn', 'expired', 'admitted', 'late'))`,
  'create index offer_expiry on offer (account_id, ticket_id, expires_at) where expires_at is not null',

  // Why somebody’s part ended, where it was ended for them.
  'alter table participant add column left_because text',
]
