import type {} from '@fastify/cookie'
import { days } from '@parley/model'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** One for each account, so that shops of two accounts on one installation do not forget each other's visitors. */
export function cookieName(account: string): string {
  return `__Host-parley-${account.slice(0, 13)}`
}

/**
 * HttpOnly, so that no script of any page reads it; Partitioned (CHIPS), because the window stands in a frame on somebody else's page.
 * Where a browser does not keep it, the window finds out and keeps the secret elsewhere.
 */
export function writeBrowserCookie(reply: FastifyReply, account: string, secret: string | null): void {
  reply.setCookie(cookieName(account), secret ?? '', {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'none',
    partitioned: true,
    maxAge: secret === null ? 0 : days(180) / 1000,
  })
}

export function readCookies(request: FastifyRequest): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.cookies)) {
    if (value !== undefined && name.startsWith('__Host-parley-')) found[name] = value
  }
  return found
}
