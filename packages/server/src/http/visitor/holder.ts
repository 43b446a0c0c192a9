import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Holder } from '../../realtime/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'

/** The visitor whose short token a request carries. */
export function visitorOf(context: HttpContext, request: FastifyRequest): Holder | null {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  if (scheme !== 'Bearer' || !token) return null
  const holder = context.tokens.read(token, context.clock.now())
  return holder?.kind === 'visitor' ? holder : null
}

/** The handler of a window's route: called with the visitor, or answered as unauthorised. */
export function asVisitor<Request extends FastifyRequest, Answer>(
  context: HttpContext,
  work: (holder: Holder, request: Request, reply: FastifyReply) => Promise<Answer>,
): (request: Request, reply: FastifyReply) => Promise<Answer | FastifyReply> {
  return async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const holder = visitorOf(context, request)
    return holder ? work(holder, request, reply) : refuse(reply, 'unauthorised', 'en')
  }
}
