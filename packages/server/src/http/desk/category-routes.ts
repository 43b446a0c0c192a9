import { type CategoryId, parseId } from '@parley/model'
import type { CategoriesView } from '@parley/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addCategory, changeCategory, listCategories } from '../../categories/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator, atDesk } from './holder.ts'

const names = z
  .record(z.string().max(35), z.string().trim().min(1).max(100))
  .refine((given) => Object.keys(given).length > 0 && Object.keys(given).length <= 20)
const colour = z.number().int().min(0).max(7)
const newBody = z.strictObject({ names, colour: colour.default(0) })
const patchBody = z.strictObject({
  names: names.optional(),
  colour: colour.optional(),
  position: z.number().int().min(0).max(500).optional(),
  isRetired: z.boolean().optional(),
})
type WithId = FastifyRequest<{ Params: { id: string } }>

/** The categories of the account: kept by administrators, chosen by everybody at the desk. */
export function categoryRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock } = context

  app.get(
    '/api/desk/categories',
    atDesk(context, async ({ account, language }): Promise<CategoriesView> => {
      const all = await db.read(account, (reader) => listCategories(reader, account))
      return {
        categories: all.map(({ names, ...rest }) => ({ ...rest, name: names[language] ?? names.en ?? anyOf(names) })),
      }
    }),
  )

  app.get(
    '/api/desk/admin/categories',
    asAdministrator(context, ({ account }) => db.read(account, (reader) => listCategories(reader, account))),
  )

  app.post(
    '/api/desk/admin/categories',
    asAdministrator(context, async ({ account, language }, request, reply) => {
      const body = newBody.parse(request.body)
      const { made, all } = await db.write(account, async (tx) => ({
        made: await addCategory(tx, account, body),
        all: await listCategories(tx, account),
      }))
      return all.find(({ id }) => id === made) ?? refuse(reply, 'too-many', language)
    }),
  )

  app.put(
    '/api/desk/admin/categories/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const body = patchBody.parse(request.body)
      const category = parseId<CategoryId>(request.params.id)
      const changed =
        category && (await db.write(account, (tx) => changeCategory(tx, account, category, body, clock.now())))
      if (!changed) return refuse(reply, 'not-there', language)
      const all = await db.read(account, (reader) => listCategories(reader, account))
      return all.find(({ id }) => id === category) ?? refuse(reply, 'not-there', language)
    }),
  )
}

function anyOf(names: Readonly<Record<string, string>>): string {
  return Object.values(names)[0] ?? ''
}
