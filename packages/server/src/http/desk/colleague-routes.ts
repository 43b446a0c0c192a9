import type { ColleaguesView, InvitationsView, WatchPage } from '@parley/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listWatched } from '../../conversations/index.ts'
import type { Role } from '../../db/index.ts'
import { listInvitations } from '../../invitations/index.ts'
import { listColleagues, roleOf } from '../../people/index.ts'
import type { Holder } from '../../realtime/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { atDesk } from './holder.ts'

const colleaguesQuery = z.strictObject({
  q: z.string().trim().max(100).optional(),
  team: z.uuid().optional(),
  after: z.uuid().optional(),
})
const watchQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    .optional(),
})

/** Who can be asked in, what one is asked into, and what goes on. */
export function colleagueRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, hub } = context
  const everyone = ['responder', 'operator', 'supervisor', 'administrator'] as const
  const watching = ['supervisor', 'administrator'] as const

  app.get(
    '/api/desk/colleagues',
    asOneOf(context, everyone, (holder, request): Promise<ColleaguesView> => {
      const query = colleaguesQuery.parse(request.query)
      return db.read(holder.account, async (reader) => {
        const role = await roleOf(reader, holder.account, holder.person)
        const onlyTeams = role === 'responder'
        return listColleagues(reader, { ...holder, ...query, onlyTeams, isHere: (person) => hub.isConnected(person) })
      })
    }),
  )

  app.get(
    '/api/desk/invitations',
    atDesk(
      context,
      ({ account, person }): Promise<InvitationsView> =>
        db.read(account, (reader) => listInvitations(reader, { account, person, now: clock.now() })),
    ),
  )

  app.get(
    '/api/desk/watch',
    asOneOf(context, watching, (holder, request): Promise<WatchPage> => {
      const { after } = watchQuery.parse(request.query)
      return db.read(holder.account, (reader) => listWatched(reader, { ...holder, after }))
    }),
  )
}

/** As `atDesk`, for these roles only. The role is read anew each time. */
function asOneOf<Answer>(
  context: HttpContext,
  roles: readonly Role[],
  work: (holder: Holder, request: FastifyRequest) => Promise<Answer>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<Answer | FastifyReply> {
  return atDesk(context, async (holder, request, reply) => {
    const role = await context.db.read(holder.account, (reader) => roleOf(reader, holder.account, holder.person))
    return role && roles.includes(role) ? work(holder, request) : refuse(reply, 'not-allowed', holder.language)
  })
}
