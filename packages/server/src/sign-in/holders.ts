import type { AccountId, PersonId } from '@parley/model'
import type pg from 'pg'

export interface Holder {
  account: AccountId
  person: PersonId
}

export interface Holders {
  /** Who may come in with this login now: its person still answers, and its address is still a proven one of theirs. */
  ofUser(user: string): Promise<Holder | null>
  /** The login of a person. */
  userOf(holder: Holder): Promise<string | null>
  /** Who may come in by a link that is mailed to this address. */
  byEmail(email: string): Promise<(Holder & { user: string }) | null>
  hasProven(holder: Holder, email: string): Promise<boolean>
}

// An address that fails at the moment was proven once: mail may bounce for a day without locking its owner out.
const mayEnter = `
  from sign_in.holder h
  join sign_in.login l on l.id = h.user_id
  join parley.responder r on r.account_id = h.account_id and r.person_id = h.person_id and r.state in ('active', 'paused')
  where exists (
    select from parley.address a
    where a.account_id = h.account_id and a.person_id = h.person_id and a.medium = 'email'
      and lower(a.value) = l.email and a.proven_at is not null and a.state <> 'unproven')`

export function holdersIn(pool: pg.Pool): Holders {
  return {
    async ofUser(user) {
      const found = await pool.query<Holder>(
        `select h.account_id as account, h.person_id as person ${mayEnter} and h.user_id = $1`,
        [user],
      )
      return found.rows[0] ?? null
    },
    async userOf({ account, person }) {
      const found = await pool.query<{ user_id: string }>(
        'select user_id from sign_in.holder where account_id = $1 and person_id = $2',
        [account, person],
      )
      return found.rows[0]?.user_id ?? null
    },
    async byEmail(email) {
      const found = await pool.query<Holder & { user: string }>(
        `select h.account_id as account, h.person_id as person, h.user_id as "user" ${mayEnter} and l.email = $1`,
        [email.trim().toLowerCase()],
      )
      return found.rows[0] ?? null
    },
    async hasProven({ account, person }, email) {
      const found = await pool.query(
        `select from parley.address where account_id = $1 and person_id = $2 and medium = 'email' and lower(value) = $3
           and proven_at is not null and state <> 'unproven'`,
        [account, person, email.trim().toLowerCase()],
      )
      return found.rowCount !== 0
    },
  }
}
