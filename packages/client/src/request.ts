import type { Problem } from '@parley/protocol'
import type { FetchLike } from './link.ts'

export type Answer<T> = { ok: true; value: T } | { ok: false; status: number; problem: Problem }

export interface ApiOptions {
  baseUrl: string
  fetch?: FetchLike
  /** Sent as a bearer token where there is one. */
  token?(): string | null
}

export type Request = <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>

/** Refusals come back as values; `offline` (status 0) is what a network that fails amounts to. */
export function requester(options: ApiOptions): Request {
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis)
  return async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const headers: Record<string, string> = { accept: 'application/json' }
    const token = options.token?.()
    if (token) headers.authorization = `Bearer ${token}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    try {
      const response = await fetch(`${options.baseUrl}${path}`, {
        method,
        headers,
        credentials: 'same-origin',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const value = response.status === 204 ? null : await response.json()
      if (response.ok) return { ok: true, value: value as T }
      return { ok: false, status: response.status, problem: toProblem(value) }
    } catch {
      return { ok: false, status: 0, problem: { reason: 'offline', text: '' } }
    }
  }
}

/** A proxy may answer with anything. */
const toProblem = (value: unknown): Problem => ({ reason: 'unknown', text: '', ...(value as Partial<Problem> | null) })

/** For parts of a path and values of a query. */
export const enc = encodeURIComponent
