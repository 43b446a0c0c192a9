import { type AccountId, parseId, type SiteId, type TopicId } from '@parley/model'
import type { AdminSite, PolicyProblem } from '@parley/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  addSite,
  addTopic,
  changeSite,
  changeTopic,
  listSites,
  removeTopic,
  sitePolicySchema,
} from '../../sites/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const name = z.string().trim().min(1).max(100)
const domains = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^([a-z0-9.-]{1,190}|\[[0-9a-f:]{2,45}\])(:\d{1,5})?$/),
  )
  .max(100)
const names = z
  .record(z.string().max(35), z.string().trim().min(1).max(100))
  .refine((given) => Object.keys(given).length > 0 && Object.keys(given).length <= 20)
const siteBody = z.strictObject({ name, domains })
const sitePatch = z.strictObject({ name: name.optional(), domains: domains.optional(), policy: z.unknown().optional() })
const topicBody = z.strictObject({ names })
const topicPatch = z.strictObject({ names: names.optional(), position: z.number().int().min(0).max(500).optional() })
const checkBody = z.strictObject({ policy: z.unknown() })
type WithId = FastifyRequest<{ Params: { id: string } }>

/** Sites, how each behaves, and what questions on them are about. */
export function adminSiteRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock } = context
  const read = (account: AccountId): Promise<AdminSite[]> => db.read(account, (reader) => listSites(reader, account))
  const one = async (account: AccountId, site: string | null) => (await read(account)).find(({ id }) => id === site)

  app.get(
    '/api/desk/admin/sites',
    asAdministrator(context, ({ account }) => read(account)),
  )

  app.post(
    '/api/desk/admin/sites',
    asAdministrator(context, async ({ account }, request) => {
      const body = siteBody.parse(request.body)
      const site = await db.write(account, (tx) => addSite(tx, account, body, clock.now()))
      return one(account, site)
    }),
  )

  /** What is wrong with a policy, while somebody is still writing it. */
  app.post(
    '/api/desk/admin/sites/check',
    asAdministrator(context, async (_, request) => ({ problems: problemsOf(checkBody.parse(request.body).policy) })),
  )

  app.patch(
    '/api/desk/admin/sites/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const { policy: given, ...body } = sitePatch.parse(request.body)
      const policy = given === undefined ? undefined : sitePolicySchema.parse(given)
      const site = parseId<SiteId>(request.params.id)
      const changed = site && (await db.write(account, (tx) => changeSite(tx, account, site, { ...body, policy })))
      return (changed && (await one(account, site))) || refuse(reply, 'not-there', language)
    }),
  )

  app.post(
    '/api/desk/admin/sites/:id/topics',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const body = topicBody.parse(request.body)
      const site = parseId<SiteId>(request.params.id)
      const added = site && (await db.write(account, (tx) => addTopic(tx, account, site, body.names)))
      return (added && (await one(account, site))) || refuse(reply, 'not-there', language)
    }),
  )

  app.patch(
    '/api/desk/admin/topics/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const body = topicPatch.parse(request.body)
      const topic = parseId<TopicId>(request.params.id)
      const site = topic && (await db.write(account, (tx) => changeTopic(tx, account, topic, body)))
      return (site && (await one(account, site))) || refuse(reply, 'not-there', language)
    }),
  )

  app.delete(
    '/api/desk/admin/topics/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const topic = parseId<TopicId>(request.params.id)
      const removed = topic && (await db.write(account, (tx) => removeTopic(tx, account, topic)))
      return removed ? {} : refuse(reply, 'not-there', language)
    }),
  )
}

function problemsOf(policy: unknown): PolicyProblem[] {
  const checked = sitePolicySchema.safeParse(policy)
  return checked.success
    ? []
    : checked.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }))
}
