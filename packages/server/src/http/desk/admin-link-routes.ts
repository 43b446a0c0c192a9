import { type LinkId, parseId } from '@parley/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { endLink, listLinks, makeLink } from '../../links/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const about = z.string().regex(/^(product|region|language|(field|page):[\w-]{1,40})$/)
const value = z.string().trim().min(1).max(200)
const linkBody = z.strictObject({
  site: z.uuid(),
  name: z.string().trim().min(1).max(100),
  code: z.string().max(60).optional(),
  topic: z.uuid().nullable().default(null),
  people: z.array(z.uuid()).max(100).default([]),
  teams: z.array(z.uuid()).max(100).default([]),
  facts: z
    .record(about, z.array(value).min(1).max(20))
    .refine((facts) => Object.keys(facts).length <= 20)
    .default({}),
  uses: z.number().int().min(1).max(1_000_000).nullable().default(null),
  expiresAt: z.iso.datetime().nullable().default(null),
})
type WithId = FastifyRequest<{ Params: { id: string } }>

/** Direct links: one for each property, product or person. */
export function adminLinkRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, publicUrl } = context

  app.get(
    '/api/desk/admin/links',
    asAdministrator(context, ({ account }) => db.read(account, (reader) => listLinks(reader, account, publicUrl))),
  )

  app.post(
    '/api/desk/admin/links',
    asAdministrator(context, async ({ account, person, language }, request, reply) => {
      const body = linkBody.parse(request.body)
      const wanted = { ...body, expiresAt: body.expiresAt === null ? null : new Date(body.expiresAt) }
      const made = await db.write(account, (tx) => makeLink(tx, account, person, wanted, clock.now()))
      if (!made.ok) return refuse(reply, made.refusal, language)
      const all = await db.read(account, (reader) => listLinks(reader, account, publicUrl))
      return all.find(({ id }) => id === made.link) ?? refuse(reply, 'not-there', language)
    }),
  )

  app.post(
    '/api/desk/admin/links/:id/end',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const id = parseId<LinkId>(request.params.id)
      const ended = id && (await db.write(account, (tx) => endLink(tx, account, id, clock.now())))
      return ended ? {} : refuse(reply, 'not-there', language)
    }),
  )
}
