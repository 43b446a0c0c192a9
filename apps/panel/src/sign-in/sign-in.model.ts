export type Step = 'password' | 'code' | 'done'

/** What comes after a password or a link was taken. */
export const stepAfter = (answer: { twoFactorRedirect?: boolean }): Step => (answer.twoFactorRedirect ? 'code' : 'done')

/** Six digits come from an app; anything else is one of the codes on paper. People type spaces into both. */
export function readCode(typed: string): { kind: 'totp' | 'backup'; code: string } | null {
  const code = typed.trim()
  const digits = code.replace(/\s/g, '')
  if (/^\d{6}$/.test(digits)) return { kind: 'totp', code: digits }
  return code.length >= 8 ? { kind: 'backup', code } : null
}

/** The key of a one-time link stands behind the #, where no server sees it. */
export function readLinkKey(hash: string): string | null {
  const key = hash.replace(/^#/, '')
  return /^[\w-]{20,100}$/.test(key) ? key : null
}
