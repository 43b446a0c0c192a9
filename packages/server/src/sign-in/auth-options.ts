import type { BetterAuthOptions } from 'better-auth'
import { twoFactor } from 'better-auth/plugins'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { authTables } from './auth-tables.ts'

/** Where the handler puts the address of the peer; whatever a client sent under this name is removed first. */
export const peerHeader = 'x-parley-peer'

export interface AuthSettings {
  pool: pg.Pool
  /** Where browsers reach us: `https://help.example.org`. Secure cookies follow from its scheme. */
  baseUrl: string
  /** At least 32 characters; signs cookies and seals second factors. */
  secret: string
}

/** better-auth on our tables: passwords and a second factor, nothing that calls out, no way to sign oneself up. */
export function authOptions({ pool, baseUrl, secret }: AuthSettings) {
  const isSecure = new URL(baseUrl).protocol === 'https:'
  return {
    appName: 'Parley',
    baseURL: new URL(baseUrl).origin,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [new URL(baseUrl).origin],
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
      type: 'postgres',
      schemaName: 'sign_in',
      transaction: true,
    },
    telemetry: { enabled: false },
    // It logs addresses of people who mistype; ours go to `report` without any.
    logger: { disabled: true },
    user: authTables.user,
    session: { ...authTables.session, expiresIn: 7 * 86_400, updateAge: 86_400, cookieCache: { enabled: false } },
    account: authTables.account,
    verification: { ...authTables.verification, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 200,
      revokeSessionsOnPasswordReset: true,
    },
    rateLimit: {
      ...authTables.rateLimit,
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/one-time-link/request': { window: 60, max: 5 },
        '/one-time-link/use': { window: 60, max: 10 },
        '/two-factor/*': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 10 },
        '/set-password': { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'parley-desk',
      useSecureCookies: isSecure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
      ipAddress: { ipAddressHeaders: [peerHeader] },
    },
    plugins: [secondFactor()],
  } satisfies BetterAuthOptions
}

/** A one-time link proves a mailbox, not the second factor: the same step follows it as follows a password. */
function secondFactor() {
  const plugin = twoFactor({
    issuer: 'Parley',
    schema: authTables.secondFactor,
    backupCodeOptions: { storeBackupCodes: 'encrypted' },
  })
  const after = plugin.hooks.after.map((hook) => ({
    ...hook,
    matcher: (context: Parameters<typeof hook.matcher>[0]) =>
      context.path === '/one-time-link/use' || hook.matcher(context),
  }))
  return { ...plugin, hooks: { ...plugin.hooks, after } }
}
