import { nearestLanguage } from '@parley/model'
import type { MembershipView } from '@parley/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { changeMembership, type Membership } from '../../joining/index.ts'
import { word } from '../../words/index.ts'
import type { HttpContext } from '../context.ts'
import { mayUseLink } from '../link/may-use-link.ts'
import { refuse } from '../problem.ts'

const body = z.strictObject({
  key: z.string().max(200),
  language: z.string().max(35).optional(),
  state: z.enum(['active', 'paused', 'left']).optional(),
})

/** Pausing, leaving and coming back by the link in every question: nothing happens before a click, because mail scanners follow links too. */
export function membershipRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, road, clock, membership } = context

  app.post('/api/join/membership', async (request, reply) => {
    const { key, state, language: asked } = body.parse(request.body)
    const language = nearestLanguage(asked)
    if (!mayUseLink(context, request, reply, language)) return reply
    const found = await membership.open(db, key, clock.now())
    if (!found) return refuse(reply, 'not-there', language, { text: word(language, 'link-gone') })
    if (!state) return viewOf(found)
    const { account, person } = found
    const changed = await changeMembership({ db, road, now: () => clock.now() }, { account, person, state, by: 'own' })
    return changed.ok ? { ...viewOf(found), state } : refuse(reply, changed.refusal, language)
  })
}

function viewOf({ accountName, alias, state }: Membership): MembershipView {
  return { account: accountName, alias, state: state === 'joining' ? 'waiting' : state }
}
