import type { Problem } from '@parley/protocol'

export type Answer<T> = { ok: true; value: T } | { ok: false; status: number; problem: Problem }

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** JSON, or a file to be sent as it is. */
  body?: unknown
  signal?: AbortSignal
}

/** One HTTP call of the desk. A refusal is a value; a network that fails is the refusal `offline`. */
export async function ask<T>(path: string, { method = 'GET', body, signal }: Ask = {}): Promise<Answer<T>> {
  const isFile = body instanceof Blob
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } }
  if (body !== undefined) {
    init.body = isFile ? body : JSON.stringify(body)
    init.headers = {
      accept: 'application/json',
      'content-type': isFile ? body.type || 'application/octet-stream' : 'application/json',
    }
  }
  if (signal) init.signal = signal
  let response: Response
  let text: string
  try {
    response = await fetch(path, init)
    // A body that is cut off is no answer.
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    return { ok: false, status: 0, problem: { reason: 'offline', text: '' } }
  }
  const value = parse(text)
  if (response.ok) return { ok: true, value: value as T }
  return { ok: false, status: response.status, problem: toProblem(value, response) }
}

/** Null where there is nothing, or no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function toProblem(value: unknown, response: Response): Problem {
  const loose = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  // The sign-in speaks of codes, everything else of reasons.
  const reason = loose.reason ?? loose.code
  const problem: Problem = {
    reason: typeof reason === 'string' ? reason : response.status === 429 ? 'too-many' : 'unexpected',
    text: typeof loose.reason === 'string' && typeof loose.text === 'string' ? loose.text : '',
  }
  const retryAfter = Number(response.headers.get('retry-after') ?? response.headers.get('x-retry-after') ?? Number.NaN)
  const wait = typeof loose.retryAfterSeconds === 'number' ? loose.retryAfterSeconds : retryAfter
  if (Number.isFinite(wait)) problem.retryAfterSeconds = wait
  if (Array.isArray(loose.problems)) problem.problems = loose.problems
  return problem
}

/** For queries, whose failures are thrown by the habit of their library. */
export class Refused extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(status: number, problem: Problem) {
    super(problem.reason)
    this.status = status
    this.problem = problem
  }
}

export async function askOrThrow<T>(path: string, options?: Ask): Promise<T> {
  const answer = await ask<T>(path, options)
  if (!answer.ok) throw new Refused(answer.status, answer.problem)
  return answer.value
}
