import { type Answer, ask } from '../api/ask.ts'

export interface PasswordAnswer {
  /** The second step is still to come. */
  twoFactorRedirect?: boolean
}

const post = <T>(path: string, body: unknown): Promise<Answer<T>> =>
  ask<T>(`/api/auth${path}`, { method: 'POST', body })

export const signInCalls = {
  withPassword: (email: string, password: string) => post<PasswordAnswer>('/sign-in/email', { email, password }),
  withCode: (code: string) => post<unknown>('/two-factor/verify-totp', { code }),
  withBackupCode: (code: string) => post<unknown>('/two-factor/verify-backup-code', { code }),
  askForLink: (email: string) => post<unknown>('/one-time-link/request', { email }),
  withLink: (key: string) => post<PasswordAnswer>('/one-time-link/use', { key }),
  signOut: () => post<unknown>('/sign-out', {}),
}
