import { type AccountId, languages, type OwnAddressId, parseId } from '@parley/model'
import { typedMedia } from '@parley/rules'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addOwnAddress, changeOwnAddress, listOwnAddresses, retireOwnAddress } from '../../starting/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const purpose = z.enum(['pool', 'public', 'both'])
const site = z.uuid().nullable()
const language = z.enum(languages).nullable()
const newBody = z.strictObject({
  medium: z.enum(typedMedia),
  value: z.string().trim().min(1).max(320),
  purpose,
  site: site.default(null),
  language: language.default(null),
})
const patchBody = z
  .strictObject({
    purpose,
    site,
    language,
    keywords: z.array(z.strictObject({ keyword: z.string().trim().min(1).max(100), topic: z.uuid() })).max(200),
  })
  .partial()
type WithId = FastifyRequest<{ Params: { id: string } }>

/** Numbers that places share, and what anyone may write to a site by. */
export function adminAddressRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, addresses } = context
  const list = (account: AccountId) => db.read(account, (reader) => listOwnAddresses(reader, account, addresses))
  const one = async (account: AccountId, wanted: OwnAddressId, spoken: string, reply: FastifyReply) =>
    (await list(account)).addresses.find(({ id }) => id === wanted) ?? refuse(reply, 'not-there', spoken)

  app.get(
    '/api/desk/admin/own-addresses',
    asAdministrator(context, ({ account }) => list(account)),
  )

  app.post(
    '/api/desk/admin/own-addresses',
    asAdministrator(context, async ({ account, language: spoken }, request, reply) => {
      const body = newBody.parse(request.body)
      const kept = await db.write(account, (tx) => addOwnAddress(tx, account, addresses, body, clock.now()))
      return kept.ok ? one(account, kept.id, spoken, reply) : refuse(reply, kept.refusal, spoken)
    }),
  )

  app.patch(
    '/api/desk/admin/own-addresses/:id',
    asAdministrator(context, async ({ account, language: spoken }, request: WithId, reply) => {
      const body = patchBody.parse(request.body)
      const id = parseId<OwnAddressId>(request.params.id)
      if (!id) return refuse(reply, 'not-there', spoken)
      const kept = await db.write(account, (tx) => changeOwnAddress(tx, account, id, body))
      return kept.ok ? one(account, id, spoken, reply) : refuse(reply, kept.refusal, spoken)
    }),
  )

  app.post(
    '/api/desk/admin/own-addresses/:id/retire',
    asAdministrator(context, async ({ account, language: spoken }, request: WithId, reply) => {
      const id = parseId<OwnAddressId>(request.params.id)
      const isRetired = id && (await db.write(account, (tx) => retireOwnAddress(tx, account, id)))
      return isRetired ? one(account, id, spoken, reply) : refuse(reply, 'not-there', spoken)
    }),
  )
}
