import type { AccountId, Clock, PersonId } from '@parley/model'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { type AuthSettings, authOptions, peerHeader } from './auth-options.ts'
import { deskPlugin } from './desk-plugin.ts'
import { type Holder, holdersIn } from './holders.ts'
import { oneTimeLinks } from './one-time-links.ts'
import { passwordTries } from './password-tries.ts'

export interface SignInSettings extends AuthSettings {
  clock: Clock
  /** Queues a mail through the outbox to the person's address on record: template `sign-in-link`, parameter `url`. */
  sendNotice(notice: SignInNotice): Promise<void>
  /** Tells a log about a failure that is nobody's fault at the desk; never given an address or a key. */
  report?(error: unknown): void
}

export interface SignInNotice {
  account: AccountId
  person: PersonId
  template: 'sign-in-link'
  params: { url: string }
}

export type CreateSignInResult =
  | { ok: true; user: string }
  | { ok: false; because: 'address-not-proven' | 'address-taken' }

export interface SignIn {
  /** Everything under `/api/auth/`. `peer` is the address that the connection comes from, for the limits. */
  handler(request: Request, peer?: string): Promise<Response>
  /** Who sends these headers, or null: no session, a session that ended, or a person who may no longer come in. */
  personOf(headers: Headers): Promise<Holder | null>
  /** A link that signs the person in once, within 15 minutes, by a click on the page it leads to. Null when they have no sign-in. */
  oneTimeLink(holder: Holder): Promise<string | null>
  /** Have they a session or a password? */
  hasSignedIn(holder: Holder): Promise<boolean>
  /** Gives a responder a sign-in on a proven mail address of theirs; without a password until they set one. Repeating it changes nothing. */
  createSignInFor(account: AccountId, person: PersonId, email: string): Promise<CreateSignInResult>
}

/** What the desk uses of better-auth. Everything else it offers is not there. */
const paths: Record<string, 'GET' | 'POST'> = {
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/get-session': 'GET',
  '/list-sessions': 'GET',
  '/revoke-session': 'POST',
  '/revoke-other-sessions': 'POST',
  '/change-password': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
  '/one-time-link/request': 'POST',
  '/one-time-link/use': 'POST',
  '/security': 'GET',
  '/set-password': 'POST',
}
const most = 16 * 1024

export function createSignIn(settings: SignInSettings): SignIn {
  if (settings.secret.length < 32) throw new Error('the secret that signs cookies must have at least 32 characters')
  // These outrank its own `telemetry: { enabled: false }`.
  delete process.env.BETTER_AUTH_TELEMETRY
  delete process.env.BETTER_AUTH_TELEMETRY_ENDPOINT
  const { pool, clock, sendNotice } = settings
  const origin = new URL(settings.baseUrl).origin
  const links = oneTimeLinks({ pool, clock })
  const holders = holdersIn(pool)
  const report = settings.report ?? (() => {})
  // A fragment reaches no server, no log and no Referer.
  const linkFor = async (user: string) => `${origin}/desk/sign-in/link#${await links.make(user)}`

  const options = authOptions(settings)
  const auth = betterAuth({
    ...options,
    plugins: [
      ...options.plugins,
      deskPlugin({
        links,
        tries: passwordTries({ pool, clock, secret: settings.secret }),
        mayEnter: async (user) => (await holders.ofUser(user)) !== null,
        async mailLink(email) {
          try {
            const holder = await holders.byEmail(email)
            if (!holder) return
            const { account, person, user } = holder
            await sendNotice({ account, person, template: 'sign-in-link', params: { url: await linkFor(user) } })
          } catch (error) {
            report(error)
          }
        },
      }),
    ],
    onAPIError: {
      // A refusal is an answer, not a failure of ours.
      onError: (error) => {
        if (!(error instanceof APIError)) report(error)
      },
    },
  })

  return {
    async handler(request, peer) {
      const path = new URL(request.url).pathname.replace(/^\/api\/auth/, '')
      if (paths[path] !== request.method) return problem(404, 'not-there', 'There is nothing at this address.')
      let body: string | undefined
      if (request.method === 'POST') {
        if (request.headers.get('origin') !== origin) {
          return problem(403, 'wrong-origin', 'This request did not come from our own page.')
        }
        if (!request.headers.get('content-type')?.startsWith('application/json')) {
          return problem(415, 'not-json', 'This request must be JSON.')
        }
        body = await request.text()
        if (body.length > most) return problem(413, 'too-large', 'This request is too large.')
      }
      const headers = new Headers(request.headers)
      headers.delete(peerHeader)
      headers.delete('content-length')
      headers.set(peerHeader, peer ?? '0.0.0.0')
      const url = new URL(`${path}${new URL(request.url).search}`.replace(/^/, '/api/auth'), origin)
      const answer = await auth.handler(
        new Request(url, { method: request.method, headers, ...(body ? { body } : {}) }),
      )
      answer.headers.set('cache-control', 'no-store')
      return answer
    },

    async personOf(headers) {
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } })
      return found ? holders.ofUser(found.user.id) : null
    },

    async oneTimeLink(holder) {
      const user = await holders.userOf(holder)
      return user ? linkFor(user) : null
    },

    async hasSignedIn({ account, person }) {
      const { rows } = await pool.query<{ found: boolean }>(
        `select exists (select from sign_in.session s where s.user_id = h.user_id)
           or exists (select from sign_in.credential c where c.user_id = h.user_id) as found
         from sign_in.holder h where h.account_id = $1 and h.person_id = $2`,
        [account, person],
      )
      return rows[0]?.found ?? false
    },

    async createSignInFor(account, person, email) {
      const address = email.trim().toLowerCase()
      if (!(await holders.hasProven({ account, person }, address))) return { ok: false, because: 'address-not-proven' }
      const context = await auth.$context
      const known = await holders.userOf({ account, person })
      const byAddress = await context.internalAdapter.findUserByEmail(address)
      if (byAddress && byAddress.user.id !== known) return { ok: false, because: 'address-taken' }
      if (known) {
        if (!byAddress) await context.internalAdapter.updateUser(known, { email: address })
        return { ok: true, user: known }
      }
      const user = await context.internalAdapter.createUser(
        { email: address, emailVerified: true, name: '' },
        { method: 'admin' },
      )
      await pool.query(
        'insert into sign_in.holder (account_id, person_id, user_id, created_at) values ($1, $2, $3, $4)',
        [account, person, user.id, clock.now()],
      )
      return { ok: true, user: user.id }
    },
  }
}

function problem(status: number, reason: string, text: string): Response {
  return Response.json({ reason, text }, { status, headers: { 'cache-control': 'no-store' } })
}
