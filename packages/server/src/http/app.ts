import type { Server } from 'node:http'
import cookies from '@fastify/cookie'
import type { Channel } from '@parley/channel-sdk'
import Fastify, { type FastifyInstance } from 'fastify'
import { ZodError } from 'zod'
import { isStorable } from '../db/index.ts'
import type { Holder } from '../realtime/index.ts'
import { channelRoutes } from './channel-routes.ts'
import type { HttpContext } from './context.ts'
import { adminAddressRoutes } from './desk/admin-address-routes.ts'
import { adminJoiningRoutes } from './desk/admin-joining-routes.ts'
import { adminLinkRoutes } from './desk/admin-link-routes.ts'
import { adminPeopleRoutes } from './desk/admin-people-routes.ts'
import { adminProgramRoutes } from './desk/admin-program-routes.ts'
import { adminReadingRoutes } from './desk/admin-reading-routes.ts'
import { adminSeesRoutes } from './desk/admin-sees-routes.ts'
import { adminSiteRoutes } from './desk/admin-site-routes.ts'
import { categoryRoutes } from './desk/category-routes.ts'
import { colleagueRoutes } from './desk/colleague-routes.ts'
import { criteriaRoutes } from './desk/criteria-routes.ts'
import { fieldRoutes } from './desk/field-routes.ts'
import { deskHolder } from './desk/holder.ts'
import { meRoutes } from './desk/me-routes.ts'
import { operationRoutes } from './desk/operation-routes.ts'
import { rightsRoutes } from './desk/rights-routes.ts'
import { deskRoutes } from './desk/routes.ts'
import { scriptRoutes } from './desk/script-routes.ts'
import { searchRoutes } from './desk/search-routes.ts'
import { filePage } from './file-page.ts'
import { fileRoutes } from './file-routes.ts'
import { joinRoutes } from './join/join-routes.ts'
import { linkRoutes } from './link/index.ts'
import type { RequestHandler } from './listen.ts'
import { type PageFolders, pages } from './pages.ts'
import { refuse } from './problem.ts'
import { subscriptionRoutes } from './subscription-routes.ts'
import { v1Routes } from './v1/routes.ts'
import { visitorAddressRoutes } from './visitor/address-routes.ts'
import { visitorOf } from './visitor/holder.ts'
import { visitorRoutes } from './visitor/routes.ts'

/** Names what is not well; empty when all is. */
export type HealthCheck = () => Promise<Record<string, string>>

/** The HTTP server's application: routes, errors in one form, strict headers on everything. */
export async function createApp(
  context: HttpContext,
  options: {
    folders: PageFolders
    trustProxy: string[]
    health: HealthCheck
    /** A channel that has been started, by its name. */
    channel: (name: string) => Channel | undefined
    log: { error(facts: object, message: string): void }
    server: Server
    takeRequests(handler: RequestHandler): void
  },
): Promise<FastifyInstance> {
  const app = Fastify({
    serverFactory: (handler) => {
      options.takeRequests(handler)
      return options.server
    },
    logger: false,
    bodyLimit: context.limits.bodyBytes,
    trustProxy: options.trustProxy.length > 0 ? options.trustProxy : false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    // An address that no route can even read.
    frameworkErrors: (_, __, reply) => refuse(reply, 'not-there', 'en'),
    requestTimeout: 120_000,
  })
  await app.register(cookies)

  app.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('content-security-policy')) {
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
    }
    reply.header('x-content-type-options', 'nosniff')
    if (!reply.hasHeader('referrer-policy')) reply.header('referrer-policy', 'no-referrer')
    if (!reply.hasHeader('cross-origin-resource-policy')) reply.header('cross-origin-resource-policy', 'same-origin')
    if (context.publicUrl.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000')
  })

  app.addHook('preValidation', async (request) => {
    if (!isStorable(request.body) || !isStorable(request.query) || !isStorable(request.params)) {
      throw Object.assign(new Error('this cannot be stored'), { statusCode: 400 })
    }
  })

  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _, reply) => {
    if (error instanceof ZodError) {
      const [issue] = error.issues
      const where = issue?.path.join('.') || 'the body'
      return refuse(reply, 'malformed-request', 'en', { text: `${where}: ${issue?.message ?? 'not understood'}` })
    }
    if (error.statusCode === 413) return refuse(reply, 'too-large', 'en')
    if (error.statusCode && error.statusCode < 500) return refuse(reply, 'malformed-request', 'en')
    options.log.error({ error: String(error.stack ?? error) }, 'a request could not be answered')
    return refuse(reply, 'try-again', 'en')
  })
  app.setNotFoundHandler((_, reply) => refuse(reply, 'not-there', 'en'))

  const holderOf = async (request: Parameters<typeof visitorOf>[1]): Promise<Holder | null> =>
    request.headers.authorization
      ? (visitorOf(context, request) ?? responderByToken(context, request))
      : deskHolder(context, request)

  visitorRoutes(app, context)
  visitorAddressRoutes(app, context)
  fileRoutes(app, context, holderOf)
  filePage(app, context)
  deskRoutes(app, context)
  operationRoutes(app, context)
  colleagueRoutes(app, context)
  categoryRoutes(app, context)
  fieldRoutes(app, context)
  searchRoutes(app, context)
  rightsRoutes(app, context)
  meRoutes(app, context)
  adminPeopleRoutes(app, context)
  adminJoiningRoutes(app, context)
  adminLinkRoutes(app, context)
  adminAddressRoutes(app, context)
  adminProgramRoutes(app, context)
  adminReadingRoutes(app, context)
  adminSeesRoutes(app, context)
  adminSiteRoutes(app, context)
  joinRoutes(app, context)
  criteriaRoutes(app, context)
  scriptRoutes(app, context)
  linkRoutes(app, context)
  subscriptionRoutes(app, context)
  channelRoutes(app, { publicUrl: context.publicUrl, find: options.channel })
  await v1Routes(app, context, options.log)
  await signInRoutes(app, context)
  await pages(app, context, options.folders)

  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_, reply) => {
    const failing = await options.health()
    return reply.code(Object.keys(failing).length > 0 ? 503 : 200).send({ failing })
  })
  return app
}

function responderByToken(context: HttpContext, request: Parameters<typeof visitorOf>[1]): Holder | null {
  const token = request.headers.authorization?.split(' ')[1]
  return token ? context.tokens.read(token, context.clock.now()) : null
}

/** better-auth speaks in `Request` and `Response`; its body is read raw. */
async function signInRoutes(app: FastifyInstance, context: HttpContext): Promise<void> {
  await app.register(async (routes) => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
    routes.all('/api/auth/*', async (request, reply) => {
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) {
        if (typeof value === 'string') headers.set(name, value)
      }
      const answer = await context.signIn.handler(
        new Request(new URL(request.url, context.publicUrl), {
          method: request.method,
          headers,
          ...(typeof request.body === 'string' && request.method !== 'GET' ? { body: request.body } : {}),
        }),
        request.ip,
      )
      reply.code(answer.status)
      for (const [name, value] of answer.headers) {
        if (name !== 'set-cookie') reply.header(name, value)
      }
      const setCookies = answer.headers.getSetCookie()
      if (setCookies.length > 0) reply.header('set-cookie', setCookies)
      return reply.send(Buffer.from(await answer.arrayBuffer()))
    })
  })
}
