import { type AddressId, parseId } from '@parley/model'
import type { AddressView, MediaView } from '@parley/protocol'
import { checkCriteria, typedMedia } from '@parley/rules'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  addAddress,
  changeAddress,
  confirmAddress,
  listAddresses,
  mediaToHave,
  removeAddress,
  testAddress,
} from '../people/index.ts'
import { networkOf } from '../quotas/index.ts'
import type { Holder } from '../realtime/index.ts'
import type { HttpContext } from './context.ts'
import { refuseCriteria } from './desk/criteria-problems.ts'
import { refuse } from './problem.ts'

const addBody = z.strictObject({ medium: z.enum(typedMedia), value: z.string().max(320) })
const confirmBody = z.strictObject({ address: z.string().max(40), code: z.string().max(20) })
const changeBody = z.strictObject({
  offers: z.boolean().optional(),
  position: z.number().int().min(0).max(100).optional(),
  /** When they want anything there; null at any hour. Read by checkCriteria, which names what is wrong. */
  hours: z.unknown().optional(),
})

type WithId = FastifyRequest<{ Params: { id: string } }>

/** What anyone may do with addresses of their own: the same for a visitor in the window and a responder at the desk. */
export function ownAddresses(context: HttpContext) {
  const { db, clock, quotas } = context

  const list = (holder: Holder) =>
    db.read(holder.account, (reader) => listAddresses(reader, holder.account, holder.person))

  const find = async (holder: Holder, id: string): Promise<AddressView | undefined> =>
    (await list(holder)).find((address) => address.id === id)

  return {
    list,

    /** On which media they can have one here. */
    media: (holder: Holder): Promise<MediaView> =>
      db.read(holder.account, async (reader) => ({
        media: await mediaToHave(reader, holder.account, context.addresses),
      })),

    /** Sends a code there; nothing else goes there before it comes back. */
    async add(holder: Holder, request: FastifyRequest, reply: FastifyReply) {
      const body = addBody.parse(request.body)
      const { account, person, language } = holder
      const allowed = quotas.take('codes', { visitor: person, ip: request.ip }, clock.now())
      if (!allowed.ok) return refuse(reply, 'too-many', language, allowed)
      const from = { seemsIn: context.regionOf(request.ip), network: networkOf(request.ip) }
      const wanted = { account, person, ...body, ...from }
      const added = await db.write(account, (tx) => addAddress(tx, context.addresses, wanted, clock.now()))
      if (!added.ok) return refuse(reply, added.refusal, language, added)
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

    /** Its order, its hours, and whether questions are wanted there. Answers all of them, in order. */
    async change(holder: Holder, request: WithId, reply: FastifyReply) {
      const { offers, position, hours } = changeBody.parse(request.body)
      const address = parseId<AddressId>(request.params.id)
      const { account, person, language } = holder
      if (!address) return refuse(reply, 'not-there', language)
      const checked = checkCriteria(hours ? { hours } : {})
      if (!checked.ok) return refuseCriteria(reply, checked.problems, language)
      const change = {
        ...(offers === undefined ? {} : { offers }),
        ...(position === undefined ? {} : { position }),
        ...(hours === undefined ? {} : { hours: checked.criteria.hours ?? null }),
      }
      const changed = await db.write(account, (tx) => changeAddress(tx, { account, person, address }, change))
      return changed ? list(holder) : refuse(reply, 'not-there', language)
    },

    /** Sends a line there, to see how it arrives. */
    async test(holder: Holder, request: WithId, reply: FastifyReply) {
      const address = parseId<AddressId>(request.params.id)
      const { account, person, language } = holder
      if (!address) return refuse(reply, 'not-there', language)
      const wanted = { account, person, address, network: networkOf(request.ip) }
      const tested = await db.write(account, (tx) => testAddress(tx, context.addresses, wanted, clock.now()))
      if (!tested.ok) return refuse(reply, tested.refusal, language, tested)
      context.outbox.wake()
      return {}
    },

    async remove(holder: Holder, request: WithId, reply: FastifyReply) {
      const address = parseId<AddressId>(request.params.id)
      if (!address) return refuse(reply, 'not-there', holder.language)
      const wanted = { account: holder.account, person: holder.person, address }
      const removed = await db.write(holder.account, (tx) => removeAddress(tx, wanted, clock.now()))
      return removed ? {} : refuse(reply, 'not-there', holder.language)
    },
  }
}
