import { nearestLanguage, parseId, type TopicId } from '@parley/model'
import { z } from 'zod'
import { findOpen, openConversation, readViews } from '../../conversations/index.ts'
import { impliedFacts } from '../../geo/index.ts'
import { beginOnEntry } from '../../hunting/index.ts'
import { codeInUrl, type Entry, findLink, type Link, useLink } from '../../links/index.ts'
import type { Holder } from '../../realtime/index.ts'
import { loadStructures } from '../../road/index.ts'
import { type Site, topicsOf } from '../../sites/index.ts'
import { findReopenable } from '../../starting/index.ts'
import type { HttpContext } from '../context.ts'
import { speakFirst } from './speak-first.ts'

/** A page as the window tells of it. */
export const page = z.strictObject({
  url: z.string().max(2_000),
  title: z.string().max(300).optional(),
  referrer: z.string().max(2_000).optional(),
})
export const conversationBody = z.strictObject({
  topic: z.string().max(40).optional(),
  language: z.string().max(35).optional(),
  region: z.string().max(40).optional(),
  fields: z.record(z.string().max(40), z.string().max(2_000)).optional(),
  page: page.optional(),
  answers: z.number().int().min(1).max(100).optional(),
  team: z.string().max(40).optional(),
  /** What the page tells about itself: cart, tags, fields of its own. */
  context: z
    .record(z.string().max(100), z.string().max(2_000))
    .refine((values) => Object.keys(values).length <= 50)
    .optional(),
  /** Which site's window this is: the first to open the conversation names it. */
  site: z.string().max(100).optional(),
})

/** The link came to its end between the first look and now: what had begun with it is taken back. */
class LinkOver extends Error {}

/** Begins the visitor's conversation on a site, by a link or not. Answers why not, or null. */
export async function begin(
  context: HttpContext,
  holder: Holder,
  { site, link }: Entry,
  body: z.infer<typeof conversationBody>,
  ip: string,
): Promise<string | null> {
  const { window } = site.policy
  if (body.region && !window.regions.includes(body.region)) return 'unknown-choice'
  if (window.topic === 'required' && !body.topic && !link?.topic && (await topicsOf(context.db, site)).length > 0)
    return 'form-incomplete'
  const missing = window.fields.some((field) => field.required && !body.fields?.[field.name]?.trim())
  if (missing) return 'form-incomplete'
  const names = new Set(window.fields.map(({ name }) => name))
  if (Object.keys(body.fields ?? {}).some((name) => !names.has(name))) return 'unknown-choice'
  const implied = await impliedFacts(context.regionOf, ip, site.policy.implied)
  const now = context.clock.now()
  const begun = await context.db
    .write(holder.account, async (tx) => {
      const topic = body.topic ? parseId<TopicId>(body.topic) : null
      if (body.topic) {
        const found = await tx
          .selectFrom('topic')
          .select('topic_id')
          .where('account_id', '=', holder.account)
          .where('site_id', '=', site.id)
          .where('topic_id', '=', topic)
          .executeTakeFirst()
        if (!found) return 'unknown-choice'
      }
      const opened = await openConversation(
        tx,
        {
          account: holder.account,
          site: site.id,
          visitor: holder.person,
          policy: site.policy,
          language: nearestLanguage(body.language ?? holder.language),
          region: body.region || null,
          toldRegion: implied.region,
          topic: topic ?? link?.topic ?? null,
          facts: [...implied.facts, ...(link?.facts ?? [])],
          ...(link ? { target: link.target, link: link.id } : {}),
          languageChosen: body.language !== undefined && site.policy.window.language,
          metadata: {
            ...(body.page ? { page: body.page } : {}),
            ...(body.context ? { context: body.context } : {}),
            fields: body.fields ?? {},
          },
        },
        now,
      )
      // Two windows that open at once begin one conversation, and it counts once.
      if (opened.begun && link && !(await useLink(tx, holder.account, link.id, now))) throw new LinkOver()
      return opened
    })
    .catch((error: unknown) => {
      if (error instanceof LinkOver) return `link-${link?.ended ?? 'used-up'}`
      throw error
    })
  if (typeof begun === 'string') return begun
  const structures = await context.db.read(holder.account, (reader) =>
    loadStructures(reader, holder.account, [begun.conversation]),
  )
  context.hub.committed({ says: [], restructured: [...structures.values()], changed: [] })
  if (site.policy.hunt.begins === 'on-entry') await beginOnEntry(context.road, holder.account, begun.conversation)
  await speakFirst(context, holder.account, begun.conversation)
  return null
}

/** The visitor's newest open conversation; of who came by a link, the one of this link. */
export async function openConversationOf(context: HttpContext, holder: Holder) {
  return context.db.read(holder.account, async (reader) => {
    const { account, person: visitor, link } = holder
    const open = await findOpen(reader, { account, visitor, link })
    if (!open) return null
    const [found] = await readViews(reader, {
      account: holder.account,
      person: holder.person,
      language: holder.language,
      only: open,
      limit: 1,
    })
    if (found) context.hub.know(found.structure)
    return found?.view ?? null
  })
}

/** Is there a conversation of theirs that their next words open again, as the site says (C7)? */
export async function isToReopen(
  { db, clock }: HttpContext,
  { account, person }: Holder,
  site: Site,
): Promise<boolean> {
  if (site.policy.reopen.withinDays === 0) return false
  const wanted = { account, person, site: site.id, now: clock.now() }
  return (await db.read(account, (reader) => findReopenable(reader, wanted))) !== null
}

/** The conversation that they go on with, opened again; null where they begin a new one. */
export async function openAgain(context: HttpContext, holder: Holder, site: Site) {
  const { db, clock, road } = context
  const { account, person } = holder
  if (site.policy.reopen.withinDays === 0) return null
  const wanted = { account, person, site: site.id, now: clock.now() }
  const conversation = await db.read(account, (reader) => findReopenable(reader, wanted))
  if (!conversation) return null
  const opened = await road.inConversation(account, conversation, (turn) =>
    turn.reopen({ person, to: { conversation } }),
  )
  return opened ? openConversationOf(context, holder) : null
}

/** Does the window ask for anything before it begins a conversation? */
export async function asksSomething({ db }: HttpContext, site: Site, link: Link): Promise<boolean> {
  const { topic, language, regions, fields } = site.policy.window
  if (language || regions.length > 0 || fields.length > 0) return true
  return topic !== 'no' && link.topic === null && (await topicsOf(db, site)).length > 0
}

/** A link that the page names in its address counts on the account's own pages, and as long as it lasts; else it is as if it were not there. */
export async function linkOnPage(context: HttpContext, site: Site, url: string | undefined): Promise<Link | null> {
  const code = codeInUrl(url)
  const link = code && (await findLink(context.db, code, context.clock.now()))
  return link && link.account === site.account && !link.ended ? link : null
}
