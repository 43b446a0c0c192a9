import type { FastifyInstance, FastifyRequest } from 'fastify'
import { showFields } from '../../operations/index.ts'
import { roleOf } from '../../people/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { atDesk } from './holder.ts'

type About = FastifyRequest<{ Querystring: { conversation?: string; ticket?: string; interaction?: string } }>

/** What stands beside a conversation, a ticket or an interaction, for those who may change it. */
export function fieldRoutes(app: FastifyInstance, { db, ...context }: HttpContext): void {
  app.get(
    '/api/desk/fields',
    atDesk({ db, ...context }, async ({ account, person, language }, request: About, reply) => {
      const shown = await db.read(account, async (reader) =>
        showFields(reader, { account, person, role: await roleOf(reader, account, person) }, request.query),
      )
      return shown.ok ? shown.fields : refuse(reply, shown.refusal, language)
    }),
  )
}
