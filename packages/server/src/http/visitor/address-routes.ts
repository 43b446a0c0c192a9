import { type AddressId, parseId } from '@parley/model'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { HttpContext } from '../context.ts'
import { ownAddresses } from '../own-addresses.ts'
import { refuse } from '../problem.ts'
import { asVisitor } from './holder.ts'
import { sendTranscript } from './send-transcript.ts'

const transcriptBody = z.strictObject({ address: z.string().max(40) })

/** The visitor gives an address to carry on from there (A12), or to have the transcript. Responders never learn it. */
export function visitorAddressRoutes(app: FastifyInstance, context: HttpContext): void {
  const { clock, quotas } = context
  const own = ownAddresses(context)

  app.get('/api/visitor/addresses', asVisitor(context, own.list))
  app.get('/api/visitor/media', asVisitor(context, own.media))
  app.post('/api/visitor/addresses', asVisitor(context, own.add))
  app.post('/api/visitor/addresses/confirm', asVisitor(context, own.confirm))
  app.patch('/api/visitor/addresses/:id', asVisitor(context, own.change))
  app.delete('/api/visitor/addresses/:id', asVisitor(context, own.remove))

  app.post(
    '/api/visitor/transcript',
    asVisitor(context, async (holder, request, reply) => {
      const body = transcriptBody.parse(request.body)
      const address = parseId<AddressId>(body.address)
      const allowed = quotas.take('codes', { visitor: holder.person, ip: request.ip }, clock.now())
      if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
      const sent = address !== null && (await sendTranscript(context, holder, address))
      if (!sent) return refuse(reply, 'not-there', holder.language)
      context.outbox.wake()
      return {}
    }),
  )
}
