import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth'
import { APIError, createAuthEndpoint, createAuthMiddleware, sensitiveSessionMiddleware } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import * as z from 'zod'
import type { OneTimeLinks } from './one-time-links.ts'
import { judgePassword } from './password-rules.ts'
import type { PasswordTries } from './password-tries.ts'

export interface DeskSignIn {
  links: OneTimeLinks
  tries: PasswordTries
  /** Mails a link to the address, if somebody may come in by it. Nothing that it does or leaves shows in the answer. */
  mailLink(email: string): Promise<void>
  mayEnter(user: string): Promise<boolean>
}

/** For this long after coming in by a link, a password may be set without the old one. */
const byLinkSeconds = 15 * 60

/** What a desk's sign-in needs beyond better-auth's own: links, passwords for those who have none, and our rules for both. */
export function deskPlugin({ links, tries, mailLink, mayEnter }: DeskSignIn) {
  return {
    id: 'parley-desk',
    endpoints: {
      requestOneTimeLink: createAuthEndpoint(
        '/one-time-link/request',
        { method: 'POST', body: z.object({ email: z.string().max(320) }) },
        async (ctx) => {
          // Not awaited: how long it takes would tell whether the address is known.
          ctx.context.runInBackground(mailLink(ctx.body.email))
          return ctx.json({ status: true })
        },
      ),

      useOneTimeLink: createAuthEndpoint(
        '/one-time-link/use',
        { method: 'POST', body: z.object({ key: z.string().min(20).max(100) }) },
        async (ctx) => {
          const id = await links.take(ctx.body.key)
          const user = id ? await ctx.context.internalAdapter.findUserById(id) : null
          if (!user) throw refusal('UNAUTHORIZED', 'LINK_NOT_VALID', 'This link was used already or is too old.')
          const session = await ctx.context.internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          const proof = ctx.context.createAuthCookie('by_link', { maxAge: byLinkSeconds })
          await ctx.setSignedCookie(proof.name, `${user.id}.${Date.now()}`, ctx.context.secret, proof.attributes)
          return ctx.json({ status: true })
        },
      ),

      security: createAuthEndpoint('/security', { method: 'GET', use: [sensitiveSessionMiddleware] }, async (ctx) => {
        const { user, session } = ctx.context.session
        return ctx.json({
          email: user.email,
          hasPassword: await hasPassword(ctx, user.id),
          twoFactor: 'twoFactorEnabled' in user && user.twoFactorEnabled === true,
          byLink: await cameByLink(ctx, user.id),
          session: session.id,
        })
      }),

      setPassword: createAuthEndpoint(
        '/set-password',
        { method: 'POST', body: z.object({ newPassword: z.string() }), use: [sensitiveSessionMiddleware] },
        async (ctx) => {
          const { user } = ctx.context.session
          if (!(await cameByLink(ctx, user.id))) {
            throw refusal(
              'FORBIDDEN',
              'OLD_PASSWORD_NEEDED',
              'Sign in with a one-time link to set a password without the old one.',
            )
          }
          const hashed = await ctx.context.password.hash(ctx.body.newPassword)
          if (await hasPassword(ctx, user.id)) await ctx.context.internalAdapter.updatePassword(user.id, hashed)
          else {
            await ctx.context.internalAdapter.linkAccount({
              userId: user.id,
              providerId: 'credential',
              accountId: user.id,
              password: hashed,
            })
          }
          await ctx.context.internalAdapter.deleteUserSessions(user.id)
          await links.revoke(user.id)
          await setSessionCookie(ctx, { session: await ctx.context.internalAdapter.createSession(user.id), user })
          return ctx.json({ status: true })
        },
      ),
    },
    hooks: {
      before: [
        {
          matcher: (context) => context.path === '/sign-in/email',
          handler: createAuthMiddleware(async (ctx) => {
            const wait = await tries.begin(String(ctx.body?.email ?? ''))
            if (wait) throw refusal('TOO_MANY_REQUESTS', 'TOO_MANY_TRIES', `Wait ${wait.waitSeconds} seconds.`)
          }),
        },
        {
          matcher: (context) => context.path === '/change-password' || context.path === '/set-password',
          handler: createAuthMiddleware({ use: [sensitiveSessionMiddleware] }, async (ctx) => {
            const verdict = judgePassword(String(ctx.body?.newPassword ?? ''), ctx.context.session.user)
            if (!verdict.ok)
              throw refusal(
                'BAD_REQUEST',
                `PASSWORD_${verdict.because.toUpperCase().replace('-', '_')}`,
                'Choose another password.',
              )
            return { context: { body: { ...ctx.body, revokeOtherSessions: true } } }
          }),
        },
        {
          // A remembered device would be a second factor that is lost with the laptop.
          matcher: (context) => context.path?.startsWith('/two-factor/verify') === true,
          handler: createAuthMiddleware(async (ctx) => ({ context: { body: { ...ctx.body, trustDevice: false } } })),
        },
      ],
      after: [
        {
          matcher: (context) => context.path === '/sign-in/email',
          handler: createAuthMiddleware(async (ctx) => {
            if (!(ctx.context.returned instanceof APIError)) await tries.forget(String(ctx.body?.email ?? ''))
          }),
        },
        {
          matcher: (context) => context.path === '/change-password',
          handler: createAuthMiddleware(async (ctx) => {
            const user = ctx.context.session?.user.id
            if (user && !(ctx.context.returned instanceof APIError)) await links.revoke(user)
          }),
        },
      ],
    },
    init: () => ({
      options: {
        databaseHooks: {
          session: {
            create: {
              // Every road in ends here: password, link, second factor.
              before: async (session) => {
                if (!(await mayEnter(session.userId))) {
                  throw refusal('FORBIDDEN', 'NOT_ADMITTED', 'This sign-in is no longer in use. Ask an administrator.')
                }
              },
            },
          },
        },
      },
    }),
  } satisfies BetterAuthPlugin
}

function refusal(status: ConstructorParameters<typeof APIError>[0], code: string, message: string): APIError {
  return new APIError(status, { code, message })
}

async function hasPassword(ctx: Pick<GenericEndpointContext, 'context'>, user: string): Promise<boolean> {
  const credentials = await ctx.context.internalAdapter.findAccounts(user)
  return credentials.some((credential) => credential.providerId === 'credential' && Boolean(credential.password))
}

/** Did this browser, not merely this session, use a link of this login a moment ago? */
async function cameByLink(
  ctx: Pick<GenericEndpointContext, 'context' | 'getSignedCookie'>,
  user: string,
): Promise<boolean> {
  const { name } = ctx.context.createAuthCookie('by_link')
  const value = await ctx.getSignedCookie(name, ctx.context.secret)
  if (typeof value !== 'string') return false
  const [id, at] = value.split('.')
  return id === user && Date.now() - Number(at) < byLinkSeconds * 1000
}
