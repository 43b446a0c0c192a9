import { type AddressId, parseId } from '@parley/model'
import type { AddressView } from '@parley/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addAddress, confirmAddress, listAddresses, removeAddress } from '../people/index.ts'
import type { Holder } from '../realtime/index.ts'
import type { HttpContext } from './context.ts'
import { refuse } from './problem.ts'

const addBody = z.strictObject({ medium: z.literal('email'), value: z.string().max(320) })
const confirmBody = z.strictObject({ address: z.string().max(40), code: z.string().max(20) })

/** What anyone may do with addresses of their own: the same for a visitor in the window and a responder at the desk. */
export function ownAddresses(context: HttpContext) {
  const { db, clock, quotas } = context

  const find = async (holder: Holder, id: string): Promise<AddressView | undefined> => {
    const all = await db.read(holder.account, (reader) => listAddresses(reader, holder.account, holder.person))
    return all.find((address) => address.id === id)
  }

  return {
    list: (holder: Holder) => db.read(holder.account, (reader) => listAddresses(reader, holder.account, holder.person)),

    /** Sends a code there; nothing else goes there before it comes back. */
    async add(holder: Holder, request: FastifyRequest, reply: FastifyReply) {
      const body = addBody.parse(request.body)
      const { account, person } = holder
      const allowed = quotas.take('codes', { visitor: person, ip: request.ip }, clock.now())
      if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
      const wanted = { account, person, ...body, ownDomain: context.receive.mailDomain }
      const added = await db.write(account, (tx) => addAddress(tx, wanted, clock.now()))
      if (!added.ok) return refuse(reply, added.refusal, holder.language)
      context.outbox.wake()
      return find(holder, added.address)
    },

    async confirm(holder: Holder, request: FastifyRequest, reply: FastifyReply) {
      const body = confirmBody.parse(request.body)
      const address = parseId<AddressId>(body.address)
      if (!address) return refuse(reply, 'not-there', holder.language)
      const wanted = { account: holder.account, person: holder.person, address, code: body.code }
      const confirmed = await db.write(holder.account, (tx) => confirmAddress(tx, wanted, clock.now()))
      return confirmed.ok ? find(holder, address) : refuse(reply, confirmed.refusal, holder.language)
    },

    async remove(holder: Holder, request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) {
      const address = parseId<AddressId>(request.params.id)
      if (!address) return refuse(reply, 'not-there', holder.language)
      const wanted = { account: holder.account, person: holder.person, address }
      const removed = await db.write(holder.account, (tx) => removeAddress(tx, wanted, clock.now()))
      return removed ? {} : refuse(reply, 'not-there', holder.language)
    },
  }
}
