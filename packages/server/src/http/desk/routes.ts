import {
  type AttachmentId,
  type ConversationId,
  type DeliveryId,
  type HeldId,
  type OfferId,
  parseId,
  plainly,
} from '@parley/model'
import type { DeskToken, OfferView, TopicView } from '@parley/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { decideHeld } from '../../channels/index.ts'
import { readViews } from '../../conversations/index.ts'
import { resend } from '../../delivery/index.ts'
import { listHeld } from '../../held/index.ts'
import { answerOffer, findOfferIn, listOffers, takeOfferCommand } from '../../hunting/index.ts'
import { echoKey, tokenLastsMs } from '../../realtime/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { atDesk } from './holder.ts'
import { listDeliveries } from './list-deliveries.ts'
import { lateText, ownUploads, repeatedAnswer } from './offer-answers.ts'

const answerBody = z.strictObject({
  id: z.uuid(),
  text: z.string().max(16_000),
  attachments: z.array(z.uuid()).max(20).optional(),
})

type WithId = FastifyRequest<{ Params: { id: string } }>

/** What the desk calls: offers, conversations, held items, deliveries. */
export function deskRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, tokens, road, hub, outbox } = context

  app.post(
    '/api/desk/token',
    atDesk(
      context,
      async (holder): Promise<DeskToken> => ({ token: tokens.mint(holder, clock.now()), expiresInMs: tokenLastsMs }),
    ),
  )

  app.get(
    '/api/desk/topics',
    atDesk(
      context,
      (holder): Promise<TopicView[]> =>
        db.read(holder.account, async (reader) => {
          const rows = await reader
            .selectFrom('topic')
            .innerJoin('site', (join) =>
              join.onRef('site.account_id', '=', 'topic.account_id').onRef('site.site_id', '=', 'topic.site_id'),
            )
            .select(['topic.topic_id', 'topic.names', 'site.site_id', 'site.name'])
            .where('topic.account_id', '=', holder.account)
            .orderBy('site.name')
            .orderBy('topic.position')
            .execute()
          return rows.map((row) => ({
            id: row.topic_id,
            site: row.site_id,
            siteName: row.name,
            name: row.names[holder.language] ?? row.names.en ?? '',
          }))
        }),
    ),
  )

  app.get(
    '/api/desk/offers',
    atDesk(context, (holder): Promise<OfferView[]> => db.read(holder.account, (reader) => listOffers(reader, holder))),
  )

  app.post(
    '/api/desk/offers/:id/answer',
    atDesk(context, async (holder, request: WithId, reply) => {
      const body = answerBody.parse(request.body)
      const offer = parseId<OfferId>(request.params.id)
      if (!offer) return refuse(reply, 'not-there', holder.language)
      if (body.text.trim() === '' && !body.attachments?.length) return refuse(reply, 'text-empty', holder.language)
      const attachments = (body.attachments ?? []) as AttachmentId[]
      if (!(await ownUploads(context, holder, attachments)))
        return refuse(reply, 'attachment-not-there', holder.language)
      const answered = await answerOffer(
        road,
        {
          account: holder.account,
          offer,
          say: {
            account: holder.account,
            person: holder.person,
            via: { medium: 'web', address: null },
            said: plainly(body.text),
            key: echoKey(holder.person, body.id),
            attachments,
            form: null,
            unproven: false,
            rawBlob: null,
            writtenAt: null,
          },
        },
        findOfferIn(db),
      )
      switch (answered.outcome) {
        case 'admitted':
          return { outcome: 'admitted', conversation: answered.conversation, interaction: answered.interaction }
        case 'repeated':
          return repeatedAnswer(context, holder, offer, reply)
        case 'not-admitted':
          return { outcome: 'late', text: lateText(holder.language, answered.because) }
        case 'not-there':
          return refuse(reply, 'not-there', holder.language)
      }
    }),
  )

  app.post(
    '/api/desk/offers/:id/decline',
    atDesk(context, async (holder, request: WithId, reply) => {
      const offer = parseId<OfferId>(request.params.id)
      const find = findOfferIn(db)
      const own = offer && (await find(holder.account, offer))
      if (!offer || own?.person_id !== holder.person) return refuse(reply, 'not-there', holder.language)
      await takeOfferCommand(
        road,
        { account: holder.account, offer, via: { medium: 'web', address: null }, command: { kind: 'decline' } },
        find,
      )
      return {}
    }),
  )

  app.get(
    '/api/desk/conversations',
    atDesk(context, (holder) =>
      db.read(holder.account, async (reader) => {
        const found = await readViews(reader, { ...holder, limit: 200 })
        for (const { structure } of found) hub.know(structure)
        return found.map(({ view }) => view)
      }),
    ),
  )

  app.get(
    '/api/desk/conversations/:id',
    atDesk(context, async (holder, request: WithId, reply) => {
      const conversation = parseId<ConversationId>(request.params.id)
      // Looked for among their own rights first: what is not theirs costs no more than what is not there.
      const own = conversation && (await hub.findOwn(holder, { conversation }))
      if (!own) return refuse(reply, 'not-there', holder.language)
      const wanted = { ...holder, only: own.conversation, limit: 1 }
      const [found] = await db.read(holder.account, (reader) => readViews(reader, wanted))
      if (!found) return refuse(reply, 'not-there', holder.language)
      hub.know(found.structure)
      return found.view
    }),
  )

  app.get(
    '/api/desk/held',
    atDesk(context, (holder) => db.read(holder.account, (reader) => listHeld(reader, holder.account, holder.person))),
  )

  for (const decision of ['release', 'discard'] as const) {
    app.post(
      `/api/desk/held/:id/${decision}`,
      atDesk(context, async (holder, request: WithId, reply) => {
        const held = parseId<HeldId>(request.params.id)
        if (!held) return refuse(reply, 'not-there', holder.language)
        const { account, person } = holder
        const decided = await decideHeld(context.receive, { account, person, held, decision })
        if (decided.ok) return { outcome: decided.outcome }
        return refuse(reply, decided.because === 'decided-before' ? 'not-there' : decided.because, holder.language)
      }),
    )
  }

  app.get<{ Querystring: { conversation?: string } }>(
    '/api/desk/deliveries',
    atDesk(context, async (holder, request: FastifyRequest<{ Querystring: { conversation?: string } }>, reply) => {
      const conversation = parseId<ConversationId>(request.query.conversation)
      if (!conversation) return refuse(reply, 'not-there', holder.language)
      return db.read(holder.account, (reader) => listDeliveries(reader, holder, { conversation }))
    }),
  )

  app.post(
    '/api/desk/deliveries/:id/resend',
    atDesk(context, async (holder, request: WithId, reply) => {
      const delivery = parseId<DeliveryId>(request.params.id)
      if (!delivery) return refuse(reply, 'not-there', holder.language)
      const { account, person } = holder
      const resent = await db.write(account, (tx) => resend(tx, { account, person, delivery }, clock.now()))
      if (!resent.ok) return refuse(reply, resent.because, holder.language)
      outbox.wake()
      const [view] = await db.read(account, (reader) => listDeliveries(reader, holder, { delivery }))
      return view ? { delivery: view } : refuse(reply, 'not-there', holder.language)
    }),
  )
}
