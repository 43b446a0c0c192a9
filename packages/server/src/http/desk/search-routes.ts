import { Readable } from 'node:stream'
import { type ConversationId, parseId } from '@parley/model'
import type { SearchResponse } from '@parley/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { asJson, asText, exportConversation } from '../../exporting/index.ts'
import { searchMessages } from '../../search/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { atDesk } from './holder.ts'

const searchQuery = z.strictObject({ q: z.string().max(500), after: z.string().max(200).optional() })
const exportQuery = z.strictObject({ as: z.enum(['json', 'text']).default('text') })

/** Finding again what one may read, and taking it along. */
export function searchRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db } = context

  app.get(
    '/api/desk/search',
    atDesk(context, async (holder, request, reply): Promise<SearchResponse | typeof reply> => {
      const { q, after } = searchQuery.parse(request.query)
      const { account, person, language } = holder
      const found = await db.read(account, (reader) =>
        searchMessages(reader, { account, person, language, query: q, after }),
      )
      return found ?? refuse(reply, 'malformed-request', language)
    }),
  )

  app.get(
    '/api/desk/conversations/:id/export',
    atDesk(context, async (holder, request: FastifyRequest<{ Params: { id: string } }>, reply) => {
      const query = exportQuery.parse(request.query)
      const { account, person, language } = holder
      const conversation = parseId<ConversationId>(request.params.id)
      const found = conversation
        ? await exportConversation(db, {
            ...{ account, person, language, conversation },
            url: (owner, attachment) => context.publicUrl + context.signer.attachmentPath(owner, attachment),
          })
        : null
      if (!found) return refuse(reply, 'not-there', language)
      const isJson = query.as === 'json'
      return reply
        .type(isJson ? 'application/json' : 'text/plain; charset=utf-8')
        .header('content-disposition', `attachment; filename="conversation.${isJson ? 'json' : 'txt'}"`)
        .send(Readable.from(isJson ? asJson(found) : asText(found)))
    }),
  )
}
