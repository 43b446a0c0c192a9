import { type ConversationId, type OperationId, parseId } from '@parley/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findOperation, listOperations, perform } from '../../operations/index.ts'
import { roleOf } from '../../people/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { atDesk } from './holder.ts'

const body = z.strictObject({ operation: z.uuid(), input: z.unknown() })

/** What is done to the structure from the desk: merge, whisper, undo and the rest, each by its name. */
export function operationRoutes(app: FastifyInstance, context: HttpContext): void {
  /** What was done to a conversation, the latest first: all of it to who watches over the account, to others what they did themselves. */
  app.get(
    '/api/desk/operations',
    atDesk(context, async (holder, request: FastifyRequest<{ Querystring: { conversation?: string } }>, reply) => {
      const conversation = parseId<ConversationId>(request.query.conversation)
      const { account, person, language } = holder
      const done =
        conversation &&
        (await context.db.read(account, async (db) =>
          listOperations(db, { account, person, role: await roleOf(db, account, person) }, conversation),
        ))
      return done ?? refuse(reply, 'not-there', language)
    }),
  )

  app.post(
    '/api/desk/operations/:name',
    atDesk(context, async (holder, request: FastifyRequest<{ Params: { name: string } }>, reply) => {
      const { operation: id, input } = body.parse(request.body)
      const operation = findOperation(request.params.name)
      const operationId = parseId<OperationId>(id)
      if (!operation || !operationId) return refuse(reply, 'not-there', holder.language)
      const { account, person, language } = holder
      const done = await perform(
        { road: context.road, context },
        { account, person, language, via: { medium: 'web', address: null } },
        { operation, id: operationId, input },
      )
      if (done.ok) return done.result
      return refuse(reply, done.refusal, language, done.detail === undefined ? {} : { text: done.detail })
    }),
  )
}
