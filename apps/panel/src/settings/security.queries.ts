import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

export interface SecurityView {
  email: string
  hasPassword: boolean
  twoFactor: boolean
  /** This browser came in by a one-time link a moment ago: the old password is not asked for. */
  byLink: boolean
  session: string
}

export interface SessionView {
  id: string
  token: string
  userAgent: string | null
  ipAddress: string | null
  createdAt: string
  updatedAt: string
}

export interface TwoFactorStart {
  totpURI: string
  backupCodes: string[]
}

const key = ['security'] as const

export const useSecurity = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => askOrThrow<SecurityView>('/api/auth/security', { signal }) })

export const useSessions = () =>
  useQuery({
    queryKey: [...key, 'sessions'],
    queryFn: ({ signal }) => askOrThrow<SessionView[]>('/api/auth/list-sessions', { signal }),
  })

export function useSecurityCalls() {
  const queries = useQueryClient()
  async function post<T>(path: string, body: unknown): Promise<Answer<T>> {
    const answer = await ask<T>(`/api/auth${path}`, { method: 'POST', body })
    if (answer.ok) await queries.invalidateQueries({ queryKey: key })
    return answer
  }
  return {
    setPassword: (newPassword: string) => post<unknown>('/set-password', { newPassword }),
    changePassword: (currentPassword: string, newPassword: string) =>
      post<unknown>('/change-password', { currentPassword, newPassword }),
    // Not yet a change: read again only when the first code proves that the app works.
    startTwoFactor: (password: string) =>
      ask<TwoFactorStart>('/api/auth/two-factor/enable', { method: 'POST', body: { password } }),
    proveTwoFactor: (code: string) => post<unknown>('/two-factor/verify-totp', { code }),
    stopTwoFactor: (password: string) => post<unknown>('/two-factor/disable', { password }),
    endSession: (token: string) => post<unknown>('/revoke-session', { token }),
    endOthers: () => post<unknown>('/revoke-other-sessions', {}),
  }
}
