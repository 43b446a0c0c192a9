import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'

/** Only from our own page, never kept by anybody on the way, and not so often that keys could be tried. Refuses by itself. */
export function mayUseLink(
  context: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
  language: string,
): boolean {
  reply.header('cache-control', 'no-store')
  const { origin } = request.headers
  if (origin !== undefined && origin !== new URL(context.publicUrl).origin) {
    refuse(reply, 'wrong-origin', language)
    return false
  }
  const allowed = context.quotas.take('links', { ip: request.ip }, context.clock.now())
  if (!allowed.ok) refuse(reply, 'too-many', language, allowed)
  return allowed.ok
}
