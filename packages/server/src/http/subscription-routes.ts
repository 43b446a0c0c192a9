import type { PushKey, SubscriptionView } from '@parley/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findSubscription, type KeptSubscription, keepSubscription, renewSubscription } from '../nudges/index.ts'
import { removeAddress } from '../people/index.ts'
import type { Holder } from '../realtime/index.ts'
import type { HttpContext } from './context.ts'
import { atDesk } from './desk/holder.ts'
import { nameBrowser } from './name-browser.ts'
import { refuse } from './problem.ts'
import { asVisitor } from './visitor/holder.ts'

const endpoint = z.string().max(1_000)
const keepBody = z.strictObject({ subscription: z.unknown(), showsWords: z.boolean() })
// A visitor comes back to the page on which they are: one of ours, of one part behind its first.
const keepHere = keepBody.extend({ page: z.string().regex(/^\/[lw]\/[\w-]{1,80}$/) })
const endpointBody = z.strictObject({ endpoint })
const renewBody = z.strictObject({ endpoint, subscription: z.unknown() })

/**
 * A browser subscribes to being told that something waits (E14), for whoever is signed in there or is its visitor. What it subscribed with
 * is never given out again: it asks after itself by its endpoint.
 */
export function subscriptionRoutes(app: FastifyInstance, context: HttpContext): void {
  const { subscriptions } = context
  app.get('/api/push/key', async (_, reply) => {
    reply.header('cache-control', 'no-store')
    return { key: subscriptions?.publicKey ?? null } satisfies PushKey
  })
  if (!subscriptions) return
  const { db, clock, quotas } = context

  const keep = async (
    holder: Holder,
    request: FastifyRequest,
    reply: FastifyReply,
    body: { subscription?: unknown; showsWords: boolean; page: string | null },
  ) => {
    const { account, person, language } = holder
    const allowed = quotas.take('codes', { visitor: person, ip: request.ip }, clock.now())
    if (!allowed.ok) return refuse(reply, 'too-many', language, allowed)
    const subscription = subscriptions.read(body.subscription)
    if (!subscription) return refuse(reply, 'malformed-request', language)
    const { page, showsWords } = body
    const name = nameBrowser(request.headers['user-agent'] ?? '')
    const wanted = { account, person, subscription, name, page, showsWords }
    return view(await keepSubscription(db, wanted, clock.now()))
  }
  const look = async (holder: Holder, request: FastifyRequest) => {
    const { endpoint: key } = endpointBody.parse(request.body)
    return view(await findSubscription(db, { ...holder, key }))
  }
  const drop = async (holder: Holder, request: FastifyRequest) => {
    const { endpoint: key } = endpointBody.parse(request.body)
    const { account, person } = holder
    const found = await findSubscription(db, { account, person, key })
    if (found) await db.write(account, (tx) => removeAddress(tx, { account, person, address: found.id }, clock.now()))
    return view(null)
  }

  app.post(
    '/api/desk/push',
    atDesk(context, (holder, request, reply) =>
      keep(holder, request, reply, { ...keepBody.parse(request.body), page: null }),
    ),
  )
  app.post('/api/desk/push/look', atDesk(context, look))
  app.post('/api/desk/push/drop', atDesk(context, drop))
  app.post(
    '/api/visitor/push',
    asVisitor(context, (holder, request, reply) => keep(holder, request, reply, keepHere.parse(request.body))),
  )
  app.post('/api/visitor/push/look', asVisitor(context, look))
  app.post('/api/visitor/push/drop', asVisitor(context, drop))

  // From a service worker, which may run when nobody is signed in: the old endpoint is the proof.
  app.post('/api/push/renew', async (request, reply) => {
    const body = renewBody.parse(request.body)
    const allowed = quotas.take('codes', { ip: request.ip }, clock.now())
    if (!allowed.ok) return refuse(reply, 'too-many', 'en', allowed)
    const renewed = subscriptions.read(body.subscription)
    if (!renewed) return refuse(reply, 'malformed-request', 'en')
    return (await renewSubscription(db, body.endpoint, renewed, clock.now())) ? {} : refuse(reply, 'not-there', 'en')
  })
}

function view(kept: KeptSubscription | null): SubscriptionView {
  return kept ? { on: true, showsWords: kept.showsWords } : { on: false, showsWords: false }
}
