import { createHash, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { beginRepeatable, type Caller, endRepeatable, findCaller, type Repeatable } from '../../programs/index.ts'
import type { HttpContext } from '../context.ts'
import { calls } from './calls.ts'
import { type Endpoint, Refused } from './endpoint.ts'
import { openApi } from './open-api.ts'
import { refuseCall } from './problem.ts'

/** The interface for programs: `/api/v1`. Everything that is refused is a problem (RFC 9457) with a code. */
export async function v1Routes(
  app: FastifyInstance,
  context: HttpContext,
  log: { error(facts: object, message: string): void },
): Promise<void> {
  await app.register(
    async (v1) => {
      v1.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
        if (error.statusCode === 413) return refuseCall(reply, new Refused('too-large'))
        if (error.statusCode && error.statusCode < 500) return refuseCall(reply, new Refused('malformed-request'))
        log.error({ error: String(error.stack ?? error) }, 'a call could not be answered')
        return refuseCall(reply, new Refused('try-again'))
      })
      v1.setNotFoundHandler((_, reply) => refuseCall(reply, new Refused('no-such-call')))
      const description = JSON.stringify(openApi())
      v1.get('/openapi.json', (_, reply) => reply.type('application/json').send(description))
      for (const call of calls) {
        v1.route({
          method: call.method,
          url: call.path.replaceAll(/\{(\w+)\}/g, ':$1'),
          handler: (request, reply) => answer(context, call, request, reply),
        })
      }
    },
    { prefix: '/api/v1' },
  )
}

async function answer(context: HttpContext, call: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  reply.header('cache-control', 'no-store')
  const now = context.clock.now()
  const [scheme, secret = ''] = (request.headers.authorization ?? '').split(' ')
  const caller = scheme === 'Bearer' ? await findCaller(context.db, secret, now) : null
  if (!caller) return refuseCall(reply, new Refused('unauthorised'))
  const allowed = context.quotas.take('programs', { visitor: caller.program }, now)
  if (!allowed.ok) return refuseCall(reply, new Refused('too-many', allowed))
  if (!caller.scopes.includes(call.scope)) return refuseCall(reply, new Refused('key-not-allowed'))
  const key = request.headers['idempotency-key']
  if (call.method === 'GET' || key === undefined) return send(reply, await run(context, call, caller, request))
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    return refuseCall(
      reply,
      new Refused('malformed-request', { detail: 'Idempotency-Key: 1 to 255 visible characters' }),
    )
  }
  return once(context, { ...caller, key, request: whole(request) }, reply, () =>
    run(context, call, caller, request, key),
  )
}

/** The same request with the same key is done once, and answered alike. */
async function once(context: HttpContext, wanted: Repeatable, reply: FastifyReply, work: () => Promise<unknown>) {
  const begun = await beginRepeatable(context.db, wanted, context.clock.now())
  if (begun.state === 'under-way') return refuseCall(reply, new Refused('same-key-under-way', { retryAfterSeconds: 1 }))
  if (begun.state === 'other-request') return refuseCall(reply, new Refused('same-key-other-request'))
  if (begun.state === 'answered') {
    return reply.type('application/json').header('idempotent-replayed', 'true').send(begun.body)
  }
  let result: unknown
  try {
    result = await work()
  } catch (error) {
    await endRepeatable(context.db, wanted, null)
    throw error
  }
  // What was refused changed nothing: it may be asked again.
  await endRepeatable(context.db, wanted, result instanceof Refused ? null : JSON.stringify(result))
  return send(reply, result)
}

async function run(context: HttpContext, call: Endpoint, caller: Caller, request: FastifyRequest, key?: string) {
  const once = key ?? randomUUID()
  try {
    return await call.run(
      {
        context,
        caller,
        keyFor: (person) => createHash('sha256').update(`v1\0${caller.program}\0${person}\0${once}`).digest(),
      },
      { params: request.params, query: request.query, body: request.body ?? {} },
    )
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    const [issue] = error.issues
    return new Refused('malformed-request', { detail: `${issue?.path.join('.') || 'the request'}: ${issue?.message}` })
  }
}

function send(reply: FastifyReply, result: unknown): FastifyReply {
  return result instanceof Refused
    ? refuseCall(reply, result)
    : reply.type('application/json').send(JSON.stringify(result))
}

const whole = ({ method, url, body }: FastifyRequest) => JSON.stringify([method, url, body ?? null])
