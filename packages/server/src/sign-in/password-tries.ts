import { createHmac } from 'node:crypto'
import { type Clock, minutes } from '@parley/model'
import type pg from 'pg'

const windowMs = minutes(15)
const most = 10

export interface PasswordTries {
  /** Counts a try before it is made, so that many at once are counted too. How long to wait, or null when it may be made. */
  begin(email: string): Promise<{ waitSeconds: number } | null>
  /** The password was right. */
  forget(email: string): Promise<void>
}

/** Guessing at one address from many networks: what the limit by network cannot see. A one-time link still gets its owner in. */
export function passwordTries({ pool, clock, secret }: { pool: pg.Pool; clock: Clock; secret: string }): PasswordTries {
  const keyOf = (email: string) => createHmac('sha256', secret).update(email.trim().toLowerCase()).digest()
  return {
    async begin(email) {
      const now = clock.now()
      const floor = new Date(now.getTime() - windowMs)
      const counted = await pool.query<{ count: number; since: Date }>(
        `insert into sign_in.tries as t (key_hash, count, since) values ($1, 1, $2)
         on conflict (key_hash) do update set
           count = case when t.since <= $3 then 1 else t.count + 1 end,
           since = case when t.since <= $3 then $2 else t.since end
         returning count, since`,
        [keyOf(email), now, floor],
      )
      const row = counted.rows[0]
      if (!row || row.count <= most) return null
      return { waitSeconds: Math.max(1, Math.ceil((row.since.getTime() + windowMs - now.getTime()) / 1000)) }
    },
    async forget(email) {
      await pool.query('delete from sign_in.tries where key_hash = $1 or since <= $2', [
        keyOf(email),
        new Date(clock.now().getTime() - windowMs),
      ])
    },
  }
}
