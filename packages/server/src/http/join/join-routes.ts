import { type AddressId, nearestLanguage, type PersonId, parseId } from '@parley/model'
import type { JoinConfirmResponse, JoinPageView, JoinResponse } from '@parley/protocol'
import { checkCriteria, findIdentities, typedMedia } from '@parley/rules'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  beginJoining,
  criteriaFrom,
  findJoinPage,
  finishJoining,
  type JoinPage,
  lookAtInvitation,
  tellAdministrators,
} from '../../joining/index.ts'
import { mediaToHave } from '../../people/index.ts'
import { networkOf } from '../../quotas/index.ts'
import { findAccessKey } from '../../visitors/index.ts'
import type { HttpContext } from '../context.ts'
import { mayUseLink } from '../link/may-use-link.ts'
import { refuse } from '../problem.ts'
import { membershipRoutes } from './membership-routes.ts'

const short = z.string().trim().min(1)
const chips = z.array(short.max(80)).max(100).optional()
const invitation = z.string().max(200)
const joinBody = z.strictObject({
  invitation: invitation.optional(),
  name: short.max(100),
  alias: short.max(40),
  language: z.string().max(35),
  medium: z.enum(typedMedia),
  value: z.string().max(320),
  topics: z.array(z.uuid()).max(500).optional(),
  languages: chips,
  regions: chips,
  keywords: chips,
  hours: z
    .strictObject({
      timeZone: z.string().max(60),
      week: z
        .array(z.strictObject({ day: z.number().int(), from: z.number().int(), to: z.number().int() }))
        .min(1)
        .max(50),
    })
    .optional(),
})
const confirmBody = z.strictObject({ key: z.string().max(200), code: z.string().max(20) })
const invitationBody = z.strictObject({ invitation })
type OnPage = { Params: { key: string }; Querystring: { language?: string } }

/** The account's own joining page: anyone may come, nobody unproven gets anything. */
export function joinRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock } = context

  // The page itself is the desk's: it speaks eleven languages already.
  app.get<{ Params: { key: string } }>('/join/:key', async (request, reply) =>
    (await findJoinPage(db, request.params.key))
      ? reply.redirect(`/desk/join/${request.params.key}`)
      : refuse(reply, 'not-there', 'en'),
  )

  app.get<OnPage>('/api/join/:key', async (request, reply) => {
    const language = nearestLanguage(request.query.language)
    const page = await findJoinPage(db, request.params.key)
    if (!page) return refuse(reply, 'not-there', language)
    reply.header('cache-control', 'no-store')
    const view: JoinPageView = {
      account: page.name,
      mode: page.mode,
      media: await db.read(page.account, (reader) => mediaToHave(reader, page.account, context.addresses)),
      // Who could not join need not know what is asked here.
      topics:
        page.mode === 'closed'
          ? []
          : page.topics.map(({ id, site, names }) => ({
              id,
              site,
              name: names[language] ?? names.en ?? Object.values(names)[0] ?? '',
            })),
    }
    return view
  })

  app.post<OnPage>('/api/join/:key/invitation', async (request, reply) => {
    const { invitation } = invitationBody.parse(request.body)
    const language = nearestLanguage(request.query.language)
    if (!mayUseLink(context, request, reply, language)) return reply
    const page = await findJoinPage(db, request.params.key)
    if (!page) return refuse(reply, 'not-there', language)
    return db.read(page.account, async (reader) => ({
      standing: await lookAtInvitation(reader, page.account, invitation, clock.now()),
    }))
  })

  app.post<OnPage>('/api/join/:key', async (request, reply) => {
    const body = joinBody.parse(request.body)
    const language = nearestLanguage(body.language)
    if (!mayUseLink(context, request, reply, language)) return reply
    const page = await findJoinPage(db, request.params.key)
    if (!page) return refuse(reply, 'not-there', language)
    const early = await refusedEarly(context, page, body.invitation)
    if (early) return refuse(reply, early, language)
    if (findIdentities(body.alias, { countries: [] }).length > 0) return refuse(reply, 'alias-reveals', language)
    const checked = checkCriteria(criteriaFrom(body))
    const topics = new Set(page.topics.map(({ id }) => id))
    if (!checked.ok || body.topics?.some((topic) => !topics.has(topic)))
      return refuse(reply, 'unknown-choice', language)
    const allowed = context.quotas.take('codes', { ip: request.ip, site: page.account }, clock.now())
    if (!allowed.ok) return refuse(reply, 'too-many', language, allowed)
    const begun = await db.write(page.account, (tx) =>
      beginJoining(
        tx,
        context.addresses,
        {
          account: page.account,
          joiner: {
            ...body,
            language,
            wants: checked.criteria,
            address: {
              medium: body.medium,
              value: body.value,
              seemsIn: context.regionOf(request.ip),
              network: networkOf(request.ip),
            },
          },
          invitation: body.invitation,
        },
        clock.now(),
      ),
    )
    if (!begun.ok) return refuse(reply, begun.refusal, language, begun)
    context.outbox.wake()
    return { key: begun.key } satisfies JoinResponse
  })

  app.post<OnPage>('/api/join/:key/confirm', async (request, reply) => {
    const body = confirmBody.parse(request.body)
    const language = nearestLanguage(request.query.language)
    if (!mayUseLink(context, request, reply, language)) return reply
    const page = await findJoinPage(db, request.params.key)
    const key = page && (await findAccessKey(db, body.key, 'joining', clock.now(), 'again'))
    const address = parseId<AddressId>(key?.bound.address)
    if (!key || key.account !== page.account || !address) return refuse(reply, 'not-there', language)
    return confirm(context, page, reply, language, {
      person: key.person,
      address,
      invitation: key.bound.invitation,
      code: body.code,
    })
  })

  membershipRoutes(app, context)
}

/** What can be said before a code is sent, because it does not depend on whose the address is. Who has left may come back all the same. */
async function refusedEarly(context: HttpContext, page: JoinPage, invitation: string | undefined) {
  if (page.mode === 'closed') return 'joining-closed'
  const standing = await context.db.read(page.account, (reader) =>
    lookAtInvitation(reader, page.account, invitation, context.clock.now()),
  )
  return standing === 'ended' && page.mode !== 'open' ? 'invitation-ended' : null
}

async function confirm(
  context: HttpContext,
  page: JoinPage,
  reply: FastifyReply,
  language: string,
  wanted: { person: PersonId; address: AddressId; invitation: string | undefined; code: string },
) {
  const { db, clock, signIn } = context
  const { account } = page
  const joiner = await db.read(account, (reader) =>
    reader
      .selectFrom('address')
      .innerJoin('person', (join) =>
        join.onRef('person.account_id', '=', 'address.account_id').onRef('person.person_id', '=', 'address.person_id'),
      )
      .select(['address.medium', 'address.value', 'person.name'])
      .where('address.account_id', '=', account)
      .where('address.address_id', '=', wanted.address)
      .executeTakeFirst(),
  )
  const finished = await db.write(account, async (tx) => {
    const done = await finishJoining(tx, { ...wanted, account, accountName: page.name, mode: page.mode }, clock.now())
    if (done.ok && done.isNew && done.state === 'waiting') {
      const params = {
        name: joiner?.name ?? '',
        account: page.name,
        url: `${context.publicUrl}/desk/admin/people`,
        link: 'someone-waits-link',
      }
      await tellAdministrators(tx, { account, template: 'someone-waits', params }, clock.now())
    }
    return done
  })
  if (!finished.ok) return refuse(reply, finished.refusal, language)
  context.outbox.wake()
  const { person, state } = finished
  // A sign-in is known by a mail address; who has none answers from wherever they are reached, and needs no desk for it.
  const email = state !== 'waiting' && joiner?.medium === 'email' ? joiner.value : null
  const login = email === null ? null : await signIn.createSignInFor(account, person, email)
  const answer: JoinConfirmResponse = {
    state,
    known: !finished.isNew,
    signIn: login?.ok ? await signIn.oneTimeLink({ account, person }) : null,
  }
  return answer
}
