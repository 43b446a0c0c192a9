import { type PersonId, parseId, type TeamId } from '@parley/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { changeMembership } from '../../joining/index.ts'
import { changeRole, listPeople } from '../../people/index.ts'
import { changeTeam, listTeams, makeTeam, removeTeam } from '../../teams/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const personBody = z.strictObject({
  role: z.enum(['responder', 'operator', 'supervisor', 'administrator']).optional(),
  state: z.enum(['active', 'paused', 'removed']).optional(),
  capacity: z.number().int().min(1).max(1_000).nullable().optional(),
})
const names = z
  .record(z.string().max(35), z.string().trim().min(1).max(100))
  .refine((given) => Object.keys(given).length > 0 && Object.keys(given).length <= 20)
const members = z.array(z.uuid()).max(10_000)
const kind = z.enum(['team', 'department'])
const teamBody = z.strictObject({ kind, names, members: members.optional() })
const teamPatch = teamBody.partial()
type WithId = FastifyRequest<{ Params: { id: string } }>

/** Who answers here, what they may do, and the teams that they are in. */
export function adminPeopleRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, road, clock } = context

  app.get(
    '/api/desk/admin/people',
    asAdministrator(context, ({ account }) => db.read(account, (reader) => listPeople(reader, account))),
  )

  app.patch(
    '/api/desk/admin/people/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const { role, state, capacity } = personBody.parse(request.body)
      const person = parseId<PersonId>(request.params.id)
      if (!person) return refuse(reply, 'not-there', language)
      if (state) {
        const changed = await changeMembership(
          { db, road, now: () => clock.now() },
          { account, person, state, by: 'administrator' },
        )
        if (!changed.ok) return refuse(reply, changed.refusal, language)
        context.outbox.wake()
      }
      if (role) {
        const changed = await db.write(account, (tx) => changeRole(tx, { account, person, role }))
        if (!changed.ok) return refuse(reply, changed.refusal, language)
      }
      if (capacity !== undefined) {
        await db.write(account, (tx) =>
          tx
            .updateTable('responder')
            .set({ capacity })
            .where('account_id', '=', account)
            .where('person_id', '=', person)
            .execute(),
        )
      }
      const all = await db.read(account, (reader) => listPeople(reader, account))
      return all.find(({ id }) => id === person) ?? refuse(reply, 'not-there', language)
    }),
  )

  app.get(
    '/api/desk/admin/teams',
    asAdministrator(context, ({ account }) => db.read(account, (reader) => listTeams(reader, account))),
  )

  app.post(
    '/api/desk/admin/teams',
    asAdministrator(context, async ({ account, language }, request, reply) => {
      const body = teamBody.parse(request.body)
      const made = await writeOrNothing(context, account, (tx) => makeTeam(tx, account, body, clock.now()))
      if (!made.ok) return refuse(reply, made.refusal, language)
      return findTeam(context, account, made.team)
    }),
  )

  app.patch(
    '/api/desk/admin/teams/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const body = teamPatch.parse(request.body)
      const team = parseId<TeamId>(request.params.id)
      if (!team) return refuse(reply, 'not-there', language)
      const changed = await writeOrNothing(context, account, (tx) => changeTeam(tx, account, team, body))
      if (!changed.ok) return refuse(reply, changed.refusal, language)
      return findTeam(context, account, team)
    }),
  )

  app.delete(
    '/api/desk/admin/teams/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const team = parseId<TeamId>(request.params.id)
      const removed = team && (await db.write(account, (tx) => removeTeam(tx, account, team)))
      return removed ? {} : refuse(reply, 'not-there', language)
    }),
  )
}

async function findTeam(context: HttpContext, account: Parameters<typeof listTeams>[1], team: TeamId) {
  const all = await context.db.read(account, (reader) => listTeams(reader, account))
  return all.find(({ id }) => id === team)
}

class Refusal<T> extends Error {
  readonly verdict: T
  constructor(verdict: T) {
    super('refused')
    this.verdict = verdict
  }
}

/** What is refused half way leaves nothing behind. */
async function writeOrNothing<T extends { ok: boolean }>(
  context: HttpContext,
  account: Parameters<HttpContext['db']['write']>[0],
  work: (tx: Parameters<Parameters<HttpContext['db']['write']>[1]>[0]) => Promise<T>,
): Promise<T> {
  try {
    return await context.db.write(account, async (tx) => {
      const verdict = await work(tx)
      if (!verdict.ok) throw new Refusal(verdict)
      return verdict
    })
  } catch (error) {
    if (error instanceof Refusal) return error.verdict as T
    throw error
  }
}
