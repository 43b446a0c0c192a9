import { type ApiKeyId, languages, type PersonId, parseId } from '@parley/model'
import { type NewProgramKey, type ProgramSecret, programScopes } from '@parley/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { changeMembership } from '../../joining/index.ts'
import {
  changeProgram,
  currentSecret,
  listProgramDeliveries,
  listPrograms,
  makeKey,
  makeProgram,
  readEndpoint,
  resendToProgram,
  revokeKey,
  rotateSecret,
  setEndpoint,
} from '../../programs/index.ts'
import type { Holder } from '../../realtime/index.ts'
import { word } from '../../words/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const name = z.string().trim().min(1).max(100)
const alias = z.string().trim().max(100)
const newBody = z.strictObject({ name, alias, language: z.enum(languages) })
const patchBody = z.strictObject({
  name: name.optional(),
  alias: alias.optional(),
  state: z.enum(['active', 'paused', 'removed']).optional(),
})
const keyBody = z.strictObject({
  name,
  scopes: z.array(z.enum(programScopes)).min(1).max(programScopes.length),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
})
const endpointBody = z.strictObject({ url: z.string().trim().max(1_000) })

type WithId = FastifyRequest<{ Params: { id: string } }>
type WithKey = FastifyRequest<{ Params: { id: string; key: string } }>
type WithDelivery = FastifyRequest<{ Params: { id: string; delivery: string } }>
type WithPage = FastifyRequest<{ Params: { id: string }; Querystring: { after?: string } }>
type Work<Request, Answer> = (
  of: { account: Holder['account']; program: PersonId },
  request: Request,
  holder: Holder,
  reply: FastifyReply,
) => Promise<Answer>

/** Programs that answer or begin here: their keys, where they are reached, and what went there. */
export function adminProgramRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, road, clock, outbox, programs } = context
  const now = () => clock.now()
  const find = async (account: Holder['account'], program: string) =>
    (await db.read(account, (reader) => listPrograms(reader, account))).find(({ id }) => id === program)

  /** For one program of the account; any other is not there. */
  const ofProgram = <Request extends WithId, Answer>(work: Work<Request, Answer>) =>
    asAdministrator(context, async (holder, request: Request, reply) => {
      const program = parseId<PersonId>(request.params.id)
      const known = program && (await find(holder.account, program))
      if (!program || !known) return refuse(reply, 'not-there', holder.language)
      return work({ account: holder.account, program }, request, holder, reply)
    })

  app.get(
    '/api/desk/admin/programs',
    asAdministrator(context, ({ account }) => db.read(account, (reader) => listPrograms(reader, account))),
  )

  app.post(
    '/api/desk/admin/programs',
    asAdministrator(context, async ({ account, person }, request) => {
      const body = newBody.parse(request.body)
      return find(account, await db.write(account, (tx) => makeProgram(tx, { account, by: person, ...body }, now())))
    }),
  )

  app.patch(
    '/api/desk/admin/programs/:id',
    ofProgram(async ({ account, program }, request, { language }, reply) => {
      const { state, ...names } = patchBody.parse(request.body)
      if (state) {
        const wanted = { account, person: program, state, by: 'administrator' } as const
        const changed = await changeMembership({ db, road, now }, wanted)
        if (!changed.ok) return refuse(reply, changed.refusal, language)
        outbox.wake()
      }
      await db.write(account, (tx) => changeProgram(tx, { account, program, ...names }))
      return (await find(account, program)) ?? {}
    }),
  )

  app.put(
    '/api/desk/admin/programs/:id/endpoint',
    ofProgram(async (of, request, holder, reply) => pinged(of, endpointBody.parse(request.body).url, holder, reply)),
  )

  app.post(
    '/api/desk/admin/programs/:id/endpoint/test',
    ofProgram(async (of, _, holder, reply) => {
      const endpoint = await db.read(of.account, (reader) => readEndpoint(reader, of))
      return endpoint ? pinged(of, endpoint.url, holder, reply) : refuse(reply, 'not-there', holder.language)
    }),
  )

  async function pinged(
    of: { account: Holder['account']; program: PersonId },
    url: string,
    { language }: Holder,
    reply: FastifyReply,
  ) {
    const done = await setEndpoint({ db, programs, now }, of, url)
    if (done.ok) return (await find(of.account, of.program)) ?? {}
    if (!('because' in done)) return refuse(reply, done.refusal, language)
    const text = word(language, 'refused-endpoint-not-proven', { reason: done.because })
    return refuse(reply, done.refusal, language, { text })
  }

  app.post(
    '/api/desk/admin/programs/:id/secret',
    ofProgram(async (of, _, { language }, reply) => {
      const secret = await db.read(of.account, (reader) => currentSecret(reader, programs, of))
      return secret ? ({ secret } satisfies ProgramSecret) : refuse(reply, 'not-there', language)
    }),
  )

  app.post(
    '/api/desk/admin/programs/:id/secret/new',
    ofProgram(async (of, _, { language }, reply) => {
      const secret = await db.write(of.account, (tx) => rotateSecret(tx, programs, of, now()))
      return secret ? ({ secret } satisfies ProgramSecret) : refuse(reply, 'not-there', language)
    }),
  )

  app.post(
    '/api/desk/admin/programs/:id/keys',
    ofProgram(async ({ account, program }, request, { person, language }, reply) => {
      const body = keyBody.parse(request.body)
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null
      const wanted = { account, program, name: body.name, scopes: body.scopes, by: person, expiresAt }
      const made = await db.write(account, (tx) => makeKey(tx, wanted, now()))
      const key = (await find(account, program))?.keys.find(({ id }) => id === made.id)
      return key ? ({ key, secret: made.secret } satisfies NewProgramKey) : refuse(reply, 'not-there', language)
    }),
  )

  app.delete(
    '/api/desk/admin/programs/:id/keys/:key',
    ofProgram(async ({ account, program }, request: WithKey, { language }, reply) => {
      const key = parseId<ApiKeyId>(request.params.key)
      const revoked = key && (await db.write(account, (tx) => revokeKey(tx, { account, program, key }, now())))
      return revoked ? {} : refuse(reply, 'not-there', language)
    }),
  )

  app.get(
    '/api/desk/admin/programs/:id/deliveries',
    ofProgram(async (of, request: WithPage, { language }, reply) => {
      const { after } = request.query
      const page = await db.read(of.account, (reader) => listProgramDeliveries(reader, of, { after, limit: 50 }))
      return page ?? refuse(reply, 'malformed-request', language)
    }),
  )

  app.post(
    '/api/desk/admin/programs/:id/deliveries/:delivery/resend',
    ofProgram(async (of, request: WithDelivery, { language }, reply) => {
      const id = request.params.delivery
      const resent = await db.write(of.account, (tx) => resendToProgram(tx, of, id, now()))
      if (!resent.ok) return refuse(reply, resent.because, language)
      outbox.wake()
      const page = await db.read(of.account, (reader) => listProgramDeliveries(reader, of, { limit: 1, id }))
      return page?.items[0] ?? refuse(reply, 'not-there', language)
    }),
  )
}
