import { type ConversationId, type InteractionId, type PersonId, parseId } from '@parley/model'
import type { SeesMessages } from '@parley/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readMessages, recordEvent } from '../../conversations/index.ts'
import { readableSpans } from '../../road/index.ts'
import { listWhatTheySee, readWhatTheySee } from '../../seeing/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const pageQuery = z.object({ after: z.string().max(60).optional() })
const wordsQuery = z.object({ before: z.coerce.number().int().min(1).max(2_147_483_647).optional() })
type About = FastifyRequest<{ Params: { id: string; conversation: string; interaction: string } }>

/** What somebody sees, and why: through their eyes, for administrators. Who has looked at what is kept. */
export function adminSeesRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, signer } = context

  app.get(
    '/api/desk/admin/people/:id/sees',
    asAdministrator(context, async ({ account, language }, request: About, reply) => {
      const { after } = pageQuery.parse(request.query)
      const person = parseId<PersonId>(request.params.id)
      const page =
        person && (await db.read(account, (reader) => listWhatTheySee(reader, { account, person, language }, after)))
      return page || refuse(reply, 'not-there', language)
    }),
  )

  app.get(
    '/api/desk/admin/people/:id/sees/:conversation',
    asAdministrator(context, async ({ account, language, person: looker }, request: About, reply) => {
      const person = parseId<PersonId>(request.params.id)
      const conversation = parseId<ConversationId>(request.params.conversation)
      if (!person || !conversation) return refuse(reply, 'not-there', language)
      const sees = await db.write(account, async (tx) => {
        const found = await readWhatTheySee(tx, { account, person, language }, conversation)
        if (!found) return null
        const looked = { account, conversation: found.structure.conversation, person: looker, kind: 'looked' }
        await recordEvent(tx, { ...looked, facts: { as: person, words: false } }, clock.now())
        return found.sees
      })
      return sees ?? refuse(reply, 'not-there', language)
    }),
  )

  app.get(
    '/api/desk/admin/people/:id/sees/:conversation/:interaction',
    asAdministrator(context, async ({ account, language, person: looker }, request: About, reply) => {
      const { before } = wordsQuery.parse(request.query)
      const person = parseId<PersonId>(request.params.id)
      const conversation = parseId<ConversationId>(request.params.conversation)
      const interaction = parseId<InteractionId>(request.params.interaction)
      if (!person || !conversation || !interaction) return refuse(reply, 'not-there', language)
      const words = await db.write(account, async (tx): Promise<SeesMessages | null> => {
        const found = await readWhatTheySee(tx, { account, person, language }, conversation)
        const { structure } = found ?? {}
        if (!structure || !found?.sees.conversation.interactions.some(({ id }) => id === interaction)) return null
        const looked = { account, conversation: structure.conversation, interaction, person: looker, kind: 'looked' }
        await recordEvent(tx, { ...looked, facts: { as: person, words: true } }, clock.now())
        const { messages, more } = await readMessages(tx, {
          ...{ account, person, interaction, spans: readableSpans(structure, person) },
          cursor: before === undefined ? 'end' : { before },
          url: (owner, attachment) => signer.attachmentPath(owner, attachment),
        })
        return { messages, more }
      })
      return words ?? refuse(reply, 'not-there', language)
    }),
  )
}
