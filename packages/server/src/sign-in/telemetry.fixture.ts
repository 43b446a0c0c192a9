import { systemClock } from '@parley/model'
import { betterAuth } from 'better-auth'
import pg from 'pg'
import { authOptions } from './auth-options.ts'
import { createSignIn } from './create-sign-in.ts'

/** Runs outside the test runner, in which better-auth never reports: `bare` with its own switch off, `ours` as we set it up. */
const which = process.argv[2]
const pool = new pg.Pool({ connectionString: process.env.DATABASE ?? '', options: '-c search_path=parley' })
const baseUrl = 'http://desk.example.test'
const secret = 'a secret for tests only, of more than 32 characters'

if (which === 'ours') {
  const signIn = createSignIn({ pool, baseUrl, secret, clock: systemClock, sendNotice: async () => {} })
  await signIn.handler(new Request(`${baseUrl}/api/auth/get-session`))
} else {
  const auth = betterAuth(authOptions({ pool, baseUrl, secret }))
  await auth.handler(new Request(`${baseUrl}/api/auth/ok`))
}
// Long enough for a report that was begun to reach the loopback.
await new Promise((done) => setTimeout(done, 500))
await pool.end()
