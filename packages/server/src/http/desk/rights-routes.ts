import { type InteractionId, parseId } from '@parley/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { roleOf } from '../../people/index.ts'
import { readWhoMayRead } from '../../seeing/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { atDesk } from './holder.ts'

/** Who may read an interaction, for those who may give and take that. */
export function rightsRoutes(app: FastifyInstance, context: HttpContext): void {
  app.get(
    '/api/desk/interactions/:id/rights',
    atDesk(context, async (holder, request: FastifyRequest<{ Params: { id: string } }>, reply) => {
      const { account, person, language } = holder
      const interaction = parseId<InteractionId>(request.params.id)
      if (!interaction) return refuse(reply, 'not-there', language)
      const read = await context.db.read(account, async (reader) =>
        readWhoMayRead(reader, { account, person, language, role: await roleOf(reader, account, person) }, interaction),
      )
      return read.ok ? { readers: read.readers } : refuse(reply, read.refusal, language)
    }),
  )
}
