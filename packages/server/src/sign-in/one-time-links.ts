import { createHash, randomBytes } from 'node:crypto'
import { type Clock, minutes } from '@parley/model'
import type pg from 'pg'

const lifetimeMs = minutes(15)
/** More than this many unused links of one login at once, and the oldest stop working. */
const most = 5

export interface OneTimeLinks {
  /** A new key; only its hash is stored. */
  make(user: string): Promise<string>
  /** Uses a key up: whose it was, or null when it never was, was used, or is too old. Of two who ask at once one gets it. */
  take(key: string): Promise<string | null>
  /** Nothing that was mailed before opens anything any more. */
  revoke(user: string): Promise<void>
}

export function oneTimeLinks({ pool, clock }: { pool: pg.Pool; clock: Clock }): OneTimeLinks {
  return {
    async make(user) {
      const key = randomBytes(32).toString('base64url')
      const now = clock.now()
      await pool.query(
        `insert into sign_in.one_time_link (key_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)`,
        [hash(key), user, now, new Date(now.getTime() + lifetimeMs)],
      )
      await pool.query(
        `delete from sign_in.one_time_link where expires_at <= $2 or (user_id = $1 and key_hash not in (
           select key_hash from sign_in.one_time_link where user_id = $1 order by created_at desc limit ${most}))`,
        [user, now],
      )
      return key
    },
    async take(key) {
      const taken = await pool.query<{ user_id: string; expires_at: Date }>(
        'delete from sign_in.one_time_link where key_hash = $1 returning user_id, expires_at',
        [hash(key)],
      )
      const link = taken.rows[0]
      return link && link.expires_at > clock.now() ? link.user_id : null
    },
    async revoke(user) {
      await pool.query('delete from sign_in.one_time_link where user_id = $1', [user])
    },
  }
}

function hash(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
