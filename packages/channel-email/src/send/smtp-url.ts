import type { SmtpOutOptions } from './smtp-pool.ts'

/**
 * A relay as one line of configuration: `smtp://user:password@host:587` (STARTTLS required), `smtps://host` (TLS from the first byte),
 * `smtp://127.0.0.1:25?tls=never`. Null when it is none; nothing of it is repeated, since it may hold a password.
 */
export function readSmtpUrl(value: string): SmtpOutOptions | null {
  const url = URL.parse(value)
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') return null
  const named = url.searchParams.get('tls')
  if (named !== null && !isTls(named)) return null
  const tls = url.protocol === 'smtps:' ? 'always' : (named ?? 'required')
  const user = plainly(url.username)
  const password = plainly(url.password)
  if (user === null || password === null) return null
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (tls === 'always' ? 465 : 587) : Number(url.port),
    tls,
    ...(user === '' ? {} : { auth: { user, password } }),
  }
}

const ways = ['always', 'required', 'offered', 'never'] as const

function isTls(value: string): value is (typeof ways)[number] {
  return ways.some((way) => way === value)
}

function plainly(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null
  }
}
