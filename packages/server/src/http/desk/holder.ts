import type { FastifyReply, FastifyRequest } from 'fastify'
import { roleOf } from '../../people/index.ts'
import type { Holder } from '../../realtime/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'

/** Who is at the desk, by the session cookie; anything that changes something must come from our own page (CSRF). */
export async function deskHolder(context: HttpContext, request: FastifyRequest): Promise<Holder | null> {
  if (request.method !== 'GET' && request.headers.origin !== new URL(context.publicUrl).origin) return null
  const headers = new Headers()
  if (request.headers.cookie) headers.set('cookie', request.headers.cookie)
  const found = await context.signIn.personOf(headers)
  if (!found) return null
  const person = await context.db.read(found.account, (reader) =>
    reader
      .selectFrom('person')
      .select('language')
      .where('account_id', '=', found.account)
      .where('person_id', '=', found.person)
      .executeTakeFirst(),
  )
  return person ? { ...found, kind: 'responder', language: person.language } : null
}

/** The handler of a desk route: called with the person, or answered as unauthorised. */
export function atDesk<Request extends FastifyRequest, Answer>(
  context: HttpContext,
  work: (holder: Holder, request: Request, reply: FastifyReply) => Promise<Answer>,
): (request: Request, reply: FastifyReply) => Promise<Answer | FastifyReply> {
  return async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const holder = await deskHolder(context, request)
    return holder ? work(holder, request, reply) : refuse(reply, 'unauthorised', 'en')
  }
}

/** The handler of a route for administrators: as `atDesk`, and everyone else is refused by `not-allowed`. The role is read anew each time. */
export function asAdministrator<Request extends FastifyRequest, Answer>(
  context: HttpContext,
  work: (holder: Holder, request: Request, reply: FastifyReply) => Promise<Answer>,
): (request: Request, reply: FastifyReply) => Promise<Answer | FastifyReply> {
  return atDesk(context, async (holder, request: Request, reply) => {
    const role = await context.db.read(holder.account, (reader) => roleOf(reader, holder.account, holder.person))
    return role === 'administrator' ? work(holder, request, reply) : refuse(reply, 'not-allowed', holder.language)
  })
}
