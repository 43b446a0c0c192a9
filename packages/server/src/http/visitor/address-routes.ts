import { type AddressId, parseId } from '@parley/model'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addAddress, confirmAddress, listAddresses, removeAddress } from '../../people/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { visitorOf } from './routes.ts'
import { sendTranscript } from './send-transcript.ts'

const addBody = z.strictObject({ medium: z.literal('email'), value: z.string().max(320) })
const confirmBody = z.strictObject({ address: z.string().max(40), code: z.string().max(20) })
const transcriptBody = z.strictObject({ address: z.string().max(40) })

/** The visitor gives an address to carry on from there (A12), or to have the transcript. Responders never learn it. */
export function visitorAddressRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, quotas } = context

  app.get('/api/visitor/addresses', async (request, reply) => {
    const holder = visitorOf(context, request)
    if (!holder) return refuse(reply, 'unauthorised', 'en')
    return db.read(holder.account, (reader) => listAddresses(reader, holder.account, holder.person))
  })

  app.post('/api/visitor/addresses', async (request, reply) => {
    const holder = visitorOf(context, request)
    if (!holder) return refuse(reply, 'unauthorised', 'en')
    const body = addBody.parse(request.body)
    const allowed = quotas.take('codes', { visitor: holder.person, ip: request.ip }, clock.now())
    if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
    const { account, person } = holder
    const added = await db.write(account, (tx) =>
      addAddress(
        tx,
        { account, person, ...body, ownDomain: context.receive.mailDomain, conversation: null },
        clock.now(),
      ),
    )
    if (!added.ok) return refuse(reply, added.refusal, holder.language)
    context.outbox.wake()
    const all = await db.read(account, (reader) => listAddresses(reader, account, person))
    return all.find(({ id }) => id === added.address)
  })

  app.post('/api/visitor/addresses/confirm', async (request, reply) => {
    const holder = visitorOf(context, request)
    if (!holder) return refuse(reply, 'unauthorised', 'en')
    const body = confirmBody.parse(request.body)
    const address = parseId<AddressId>(body.address)
    if (!address) return refuse(reply, 'not-there', holder.language)
    const { account, person } = holder
    const confirmed = await db.write(account, (tx) =>
      confirmAddress(tx, { account, person, address, code: body.code }, clock.now()),
    )
    if (!confirmed.ok) return refuse(reply, confirmed.refusal, holder.language)
    const all = await db.read(account, (reader) => listAddresses(reader, account, person))
    return all.find(({ id }) => id === address)
  })

  app.delete<{ Params: { id: string } }>('/api/visitor/addresses/:id', async (request, reply) => {
    const holder = visitorOf(context, request)
    if (!holder) return refuse(reply, 'unauthorised', 'en')
    const address = parseId<AddressId>(request.params.id)
    const { account, person } = holder
    const removed =
      address !== null &&
      (await db.write(account, (tx) => removeAddress(tx, { account, person, address }, clock.now())))
    return removed ? {} : refuse(reply, 'not-there', holder.language)
  })

  app.post('/api/visitor/transcript', async (request, reply) => {
    const holder = visitorOf(context, request)
    if (!holder) return refuse(reply, 'unauthorised', 'en')
    const body = transcriptBody.parse(request.body)
    const address = parseId<AddressId>(body.address)
    const allowed = quotas.take('codes', { visitor: holder.person, ip: request.ip }, clock.now())
    if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
    const sent = address !== null && (await sendTranscript(context, holder, address))
    if (!sent) return refuse(reply, 'not-there', holder.language)
    context.outbox.wake()
    return {}
  })
}
