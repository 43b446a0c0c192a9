import { type ConversationId, nearestLanguage, parseId } from '@parley/model'
import type { EnterResponse, RecoveryResponse } from '@parley/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { choose, closeFor } from '../../hunting/index.ts'
import { findEntry, linkById } from '../../links/index.ts'
import { mediaToHave } from '../../people/index.ts'
import { type Holder, tokenLastsMs } from '../../realtime/index.ts'
import { domainsOf, findSite, type Site, siteById, widgetConfig } from '../../sites/index.ts'
import { enterVisitor, forgetBrowser, makeHandOver, makeRecovery } from '../../visitors/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import {
  asksSomething,
  begin,
  conversationBody,
  isToReopen,
  linkOnPage,
  openAgain,
  openConversationOf,
  page,
} from './begin-conversation.ts'
import { cookieName, readCookies, writeBrowserCookie } from './browser-cookie.ts'
import { asVisitor } from './holder.ts'
import { beginsOnEntry } from './speak-first.ts'

const enterBody = z.strictObject({
  site: z.string().max(100),
  secret: z.string().max(200).optional(),
  handOver: z.string().max(200).optional(),
  recovery: z.string().max(200).optional(),
  page: page.optional(),
  identify: z.string().max(8_000).optional(),
  language: z.string().max(35).optional(),
})
const leaveBody = z.strictObject({ close: z.boolean().optional(), forget: z.boolean().optional() })
const handOverBody = z.strictObject({ source: z.string().max(300), target: z.string().max(300) })

/** What the visitor's window calls. */
export function visitorRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, tokens, quotas, road } = context

  app.get<{ Params: { siteKey: string }; Querystring: { language?: string } }>(
    '/api/widget/:siteKey',
    async (request, reply) => {
      const entry = await findEntry(db, request.params.siteKey, clock.now())
      const language = nearestLanguage(request.query.language)
      if (!entry) return refuse(reply, 'not-there', language)
      reply.header('cache-control', 'public, max-age=60')
      const { account } = entry.site
      const config = await widgetConfig(db, entry.site, language, {
        maxUploadBytes: context.limits.attachmentBytes,
        media: await db.read(account, (reader) => mediaToHave(reader, account, context.addresses)),
        push: context.subscriptions !== null,
      })
      // Whoever comes by a link that names a topic has chosen it.
      return entry.link?.topic ? { ...config, topics: [], ask: { ...config.ask, topic: 'no' } } : config
    },
  )

  app.post('/api/visitor/enter', async (request, reply) => {
    const body = enterBody.parse(request.body)
    // By the time this visitor has written something, what it is read with is there.
    context.models.warm()
    const language = nearestLanguage(body.language)
    const entry = await findEntry(db, body.site, clock.now())
    if (!entry) return refuse(reply, 'not-there', language)
    const { site } = entry
    // No site has named a key yet by which such a claim could be checked, and an unchecked one is worth nothing.
    if (body.identify !== undefined) return refuse(reply, 'not-allowed', language)
    const allowed = quotas.take('links', { ip: request.ip, site: site.id }, clock.now())
    if (!allowed.ok) return refuse(reply, 'too-many', language, allowed)
    const cookie = readCookies(request)[cookieName(site.account)]
    const entered = await enterVisitor(
      db,
      site,
      {
        secrets: [cookie, body.secret].filter((secret) => secret !== undefined),
        ...(body.handOver ? { handOver: body.handOver } : {}),
        ...(body.recovery ? { recovery: body.recovery } : {}),
        host: hostOf(body.page?.url),
      },
      language,
      clock.now(),
    )
    if (entered.secret) writeBrowserCookie(reply, site.account, entered.secret)
    const link = entry.link ?? (await linkOnPage(context, site, body.page?.url))
    const holder: Holder = {
      account: site.account,
      person: entered.person,
      kind: 'visitor',
      language: body.language ? language : nearestLanguage(entered.language),
      ...(link ? { link: link.id } : {}),
    }
    let open = await openConversationOf(context, holder)
    if (link?.ended && !open) return refuse(reply, `link-${link.ended}`, holder.language)
    // To follow a link is to enter the conversation that it stands for.
    const byLink = link !== null && !open && !(await asksSomething(context, site, link))
    const waits = !link && !open && (await isToReopen(context, holder, site))
    if (!open && !waits && (byLink || (await beginsOnEntry(context, { site, link }, body.page?.url)))) {
      const by = { visitor: holder.person, ip: request.ip, site: site.id }
      // Where there is something to fill in first, it begins with that; and nobody is kept out because nothing could begin yet.
      const isAllowed = quotas.take('conversations', by, clock.now()).ok
      const first = body.page ? { page: body.page } : {}
      if (isAllowed && (await begin(context, holder, { site, link }, first, request.ip)) === null) {
        open = await openConversationOf(context, holder)
      }
    }
    const response: EnterResponse = {
      token: tokens.mint(holder, clock.now()),
      expiresInMs: tokenLastsMs,
      conversation: open,
      ...(entered.secret ? { secret: entered.secret } : {}),
      ...(entered.continuedFrom !== null && open ? { continuedFrom: entered.continuedFrom } : {}),
    }
    reply.header('cache-control', 'no-store')
    return response
  })

  app.get<{ Querystring: { site?: string } }>('/api/visitor/cookie', async (request) => {
    const names = Object.keys(readCookies(request))
    return { works: names.some((name) => name.startsWith(cookieName(''))) }
  })

  app.post(
    '/api/visitor/conversation',
    asVisitor(context, async (holder, request, reply) => {
      const body = conversationBody.parse(request.body ?? {})
      const came = holder.link
      const link = came ? await db.read(holder.account, (r) => linkById(r, holder.account, came, clock.now())) : null
      const site = link ? await siteById(db, link.account, link.site) : await siteOf(context, holder, body.site)
      if (!site) return refuse(reply, 'not-there', holder.language)
      const before = await openConversationOf(context, holder)
      if (before) {
        const { page: _, site: __, context: told, ...choice } = body
        if (Object.keys(choice).length > 0 || told) {
          const conversation = parseId<ConversationId>(before.id)
          if (!conversation) throw new Error('a conversation without an id')
          const refusal = await choose(road, {
            account: holder.account,
            person: holder.person,
            conversation,
            choice: { ...choice, ...(told ? { context: told } : {}) },
          })
          if (refusal) return refuse(reply, refusal, holder.language)
        }
        return (await openConversationOf(context, holder)) ?? before
      }
      const again = link ? null : await openAgain(context, holder, site)
      if (again) return again
      const allowed = quotas.take(
        'conversations',
        { visitor: holder.person, ip: request.ip, site: site.id },
        clock.now(),
      )
      if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
      const refusal = await begin(context, holder, { site, link }, body, request.ip)
      if (refusal) return refuse(reply, refusal, holder.language)
      const begun = await openConversationOf(context, holder)
      const conversation = begun && parseId<ConversationId>(begun.id)
      if (conversation && (body.answers ?? body.team) !== undefined) {
        const choice = { answers: body.answers, team: body.team }
        const other = await choose(road, { account: holder.account, person: holder.person, conversation, choice })
        if (other) return refuse(reply, other, holder.language)
      }
      return begun
    }),
  )

  app.post(
    '/api/visitor/leave',
    asVisitor(context, async (holder, request, reply) => {
      const body = leaveBody.parse(request.body ?? {})
      if (body.close) await closeOpen(context, holder)
      if (body.forget) {
        for (const [name, secret] of Object.entries(readCookies(request))) {
          if (name === cookieName(holder.account)) await forgetBrowser(db, secret)
        }
        writeBrowserCookie(reply, holder.account, null)
      }
      return {}
    }),
  )

  app.post(
    '/api/visitor/hand-over',
    asVisitor(context, async (holder, request, reply) => {
      const body = handOverBody.parse(request.body)
      const domains = await domainsOf(db, holder.account)
      if (!domains.includes(body.source) || !domains.includes(body.target))
        return refuse(reply, 'not-allowed', holder.language)
      const allowed = quotas.take('links', { visitor: holder.person, ip: request.ip }, clock.now())
      if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
      const key = await makeHandOver(db, {
        account: holder.account,
        person: holder.person,
        source: body.source,
        target: body.target,
        now: clock.now(),
      })
      return { key }
    }),
  )

  app.post(
    '/api/visitor/recovery',
    asVisitor(context, async (holder, request, reply) => {
      const allowed = quotas.take('links', { visitor: holder.person, ip: request.ip }, clock.now())
      if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
      const site = await siteOf(context, holder, undefined)
      if (!site) return refuse(reply, 'not-there', holder.language)
      const key = await makeRecovery(db, {
        account: holder.account,
        person: holder.person,
        conversation: null,
        source: site.name,
        now: clock.now(),
      })
      const response: RecoveryResponse = { url: `${context.publicUrl}/w/${site.key}#recover=${key}` }
      return response
    }),
  )
}

async function closeOpen(context: HttpContext, holder: Holder): Promise<void> {
  const open = await openConversationOf(context, holder)
  if (!open) return
  await context.road.inConversation(holder.account, open.id as ConversationId, (turn) => closeFor(turn, holder.person))
}

async function siteOf(context: HttpContext, holder: Holder, key: string | undefined): Promise<Site | null> {
  if (key !== undefined) {
    const site = await findSite(context.db, key)
    return site?.account === holder.account ? site : null
  }
  const row = await context.db.read(holder.account, (reader) =>
    reader
      .selectFrom('person')
      .innerJoin('site', (join) =>
        join.onRef('site.account_id', '=', 'person.account_id').onRef('site.site_id', '=', 'person.site_id'),
      )
      .select('site.site_key')
      .where('person.account_id', '=', holder.account)
      .where('person.person_id', '=', holder.person)
      .executeTakeFirst(),
  )
  return row ? findSite(context.db, row.site_key) : null
}

function hostOf(url: string | undefined): string | null {
  return url && URL.canParse(url) ? new URL(url).host : null
}
