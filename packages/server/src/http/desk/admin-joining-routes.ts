import { type AccountId, days, type InvitationId, parseId, type TeamId } from '@parley/model'
import type { InvitationResponse, JoiningView } from '@parley/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'

import { endInvitation, inviteByMail, listInvitations, makeInvitation } from '../../joining/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const modeBody = z.strictObject({ mode: z.enum(['open', 'invited', 'approved', 'closed']) })
const invitationBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  team: z.uuid().nullable().optional(),
  uses: z.number().int().min(1).max(10_000).default(1),
  days: z.number().int().min(1).max(365).default(14),
  email: z.string().max(320).optional(),
})
type WithId = FastifyRequest<{ Params: { id: string } }>

/** Who may join, and the invitations by which they do. */
export function adminJoiningRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock } = context

  app.get(
    '/api/desk/admin/joining',
    asAdministrator(context, ({ account }) => readJoining(context, account)),
  )

  app.patch(
    '/api/desk/admin/joining',
    asAdministrator(context, async ({ account }, request) => {
      const { mode } = modeBody.parse(request.body)
      await db.write(account, (tx) =>
        tx.updateTable('account').set({ joining: mode }).where('account_id', '=', account).execute(),
      )
      return readJoining(context, account)
    }),
  )

  app.post(
    '/api/desk/admin/invitations',
    asAdministrator(context, async ({ account, person, language }, request, reply) => {
      const body = invitationBody.parse(request.body)
      const now = clock.now()
      if (body.email !== undefined) {
        const allowed = context.quotas.take('codes', { visitor: person, site: account }, now)
        if (!allowed.ok) return refuse(reply, 'too-many', language, allowed)
      }
      const { account: name, joinKey } = await accountOf(context, account)
      const team = parseId<TeamId>(body.team)
      const made = await db.write(account, async (tx) => {
        const expiresAt = new Date(now.getTime() + days(body.days))
        const made = await makeInvitation(
          tx,
          { account, by: person, name: body.name, team, uses: body.uses, expiresAt },
          now,
        )
        const url = `${context.publicUrl}/join/${joinKey}#i=${made.key}`
        if (body.email === undefined) return { ok: true, url, ...made } as const
        const { ownDomains } = context.addresses
        const mail = { account, accountName: name, email: body.email, language, url, ownDomains }
        const mailed = await inviteByMail(tx, mail, now)
        return mailed.ok ? ({ ok: true, url, ...made } as const) : mailed
      })
      if (!made.ok) return refuse(reply, made.refusal, language)
      if (body.email !== undefined) context.outbox.wake()
      const all = await db.read(account, (reader) => listInvitations(reader, account))
      const invitation = all.find(({ id }) => id === made.invitation)
      return invitation
        ? ({ invitation, url: made.url } satisfies InvitationResponse)
        : refuse(reply, 'not-there', language)
    }),
  )

  app.post(
    '/api/desk/admin/invitations/:id/end',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const id = parseId<InvitationId>(request.params.id)
      const ended = id && (await db.write(account, (tx) => endInvitation(tx, account, id, clock.now())))
      return ended ? {} : refuse(reply, 'not-there', language)
    }),
  )
}

async function readJoining(context: HttpContext, account: AccountId): Promise<JoiningView> {
  const { joinKey, mode } = await accountOf(context, account)
  const invitations = await context.db.read(account, (reader) => listInvitations(reader, account))
  return { mode, url: `${context.publicUrl}/join/${joinKey}`, invitations }
}

function accountOf(context: HttpContext, account: AccountId) {
  return context.db.read(account, (reader) =>
    reader
      .selectFrom('account')
      .select(['name as account', 'join_key as joinKey', 'joining as mode'])
      .where('account_id', '=', account)
      .executeTakeFirstOrThrow(),
  )
}
