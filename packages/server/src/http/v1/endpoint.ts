import type { PersonId } from '@parley/model'
import type { ProgramScope } from '@parley/protocol'
import { z } from 'zod'
import type { Caller } from '../../programs/index.ts'
import type { HttpContext } from '../context.ts'

/** Why a call is refused: a code of the list in problem.ts. */
export class Refused {
  readonly code: string
  readonly detail: string | undefined
  readonly retryAfterSeconds: number | undefined
  constructor(code: string, more: { detail?: string; retryAfterSeconds?: number } = {}) {
    this.code = code
    this.detail = more.detail
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

/** One call of the interface as whoever handles it gets it: everything checked. */
export interface Call<Params, Query, Body> {
  readonly context: HttpContext
  readonly caller: Caller
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** The same for the same request arriving twice (by its Idempotency-Key), for whoever says it. */
  keyFor(person: PersonId): Buffer
}

interface Described<Params, Query, Body, Answer> {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below `/api/v1`, as OpenAPI writes it: `/offers/{id}`. */
  readonly path: string
  /** Unique; names the operation in the description. */
  readonly id: string
  readonly scope: ProgramScope
  readonly summary: string
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  readonly answer: z.ZodType<Answer>
  /** What it may be refused for, besides what every call may be. */
  readonly refusals: readonly string[]
  readonly handle: (call: Call<Params, Query, Body>) => Promise<Answer | Refused>
}

/** A call of the interface: what stands in the description, and what is done. */
export interface Endpoint extends Omit<Described<unknown, unknown, unknown, unknown>, 'handle'> {
  readonly run: (
    call: Pick<Call<unknown, unknown, unknown>, 'context' | 'caller' | 'keyFor'>,
    raw: { params: unknown; query: unknown; body: unknown },
  ) => Promise<unknown>
}

export function endpoint<Answer, Params = unknown, Query = unknown, Body = unknown>(
  described: Described<Params, Query, Body, Answer>,
): Endpoint {
  const { handle, params = anything<Params>(), query = anything<Query>(), body = anything<Body>(), ...rest } = described
  return {
    ...rest,
    ...(described.params ? { params } : {}),
    ...(described.query ? { query } : {}),
    ...(described.body ? { body } : {}),
    run: (call, raw) =>
      handle({ ...call, params: params.parse(raw.params), query: query.parse(raw.query), body: body.parse(raw.body) }),
  }
}

/** For the parts that a call does not have: nobody looks at them. */
const anything = <T>(): z.ZodType<T> => z.custom<T>(() => true)
