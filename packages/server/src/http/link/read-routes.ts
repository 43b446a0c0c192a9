import type { InteractionId, MessageId, OfferId } from '@parley/model'
import { nearestLanguage, parseId } from '@parley/model'
import type { LinkReadResponse } from '@parley/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { readMessages, readViews } from '../../conversations/index.ts'
import type { Reader } from '../../db/index.ts'
import type { ReRead } from '../../delivery/index.ts'
import { listOffers } from '../../hunting/index.ts'
import { listInvitations } from '../../invitations/index.ts'
import { readableSpans } from '../../road/index.ts'
import type { HttpContext } from '../context.ts'
import { readFull } from '../file-routes.ts'
import { refuse } from '../problem.ts'
import { directionOf, linkWords } from './link-words.ts'
import { mayUseLink } from './may-use-link.ts'

const key = z.string().max(200)
const language = z.string().max(35).optional()
const readBody = z.strictObject({
  key,
  language,
  interaction: z.uuid().optional(),
  before: z.number().int().min(1).optional(),
})
const fullBody = z.strictObject({ key, language, message: z.uuid() })

/** Somebody without the desk reads their exchange again (A2). What they may read is decided by their spans, as everywhere. */
export function readRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, reRead } = context

  app.post('/api/link/read', async (request, reply) => {
    const body = readBody.parse(request.body)
    const asked = nearestLanguage(body.language)
    if (!mayUseLink(context, request, reply, asked)) return reply
    const link = await reRead.open(db, body.key, clock.now())
    const read = link && (await readConversation(context, link, body))
    return read ?? refuse(reply, 'not-there', asked, { text: linkWords(asked)['link-gone'] ?? '' })
  })

  app.post('/api/link/read/full', async (request, reply) => {
    const body = fullBody.parse(request.body)
    const asked = nearestLanguage(body.language)
    if (!mayUseLink(context, request, reply, asked)) return reply
    const link = await reRead.open(db, body.key, clock.now())
    const message = parseId<MessageId>(body.message)
    const full = link && !link.invitation && message && (await readFull(context, link, message, link.conversation))
    return full || refuse(reply, 'not-there', asked)
  })
}

async function readConversation(
  context: HttpContext,
  link: ReRead,
  wanted: z.infer<typeof readBody>,
): Promise<LinkReadResponse | null> {
  const { account, person, conversation } = link
  return context.db.read(account, async (reader) => {
    if (link.invitation) return readNote(reader, link, link.invitation, context.clock.now())
    const [found] = await readViews(reader, { account, person, language: link.language, only: conversation, limit: 1 })
    if (!found || found.view.interactions.length === 0)
      return link.offer ? readQuestion(reader, link, link.offer) : null
    const { structure } = found
    // What was said behind the back of who asks is shown by the links of what was said there, and by no other.
    const interactions = found.view.interactions.filter(({ kind }) => link.behind || kind !== 'backchannel')
    const view = { ...found.view, interactions }
    const site = await reader
      .selectFrom('site')
      .select('name')
      .where('account_id', '=', account)
      .where('site_id', '=', structure.site)
      .executeTakeFirstOrThrow()
    const pages: LinkReadResponse['pages'] = []
    for (const { id } of view.interactions) {
      if (wanted.interaction !== undefined && wanted.interaction !== id) continue
      const page = await readMessages(reader, {
        account,
        person,
        interaction: id as InteractionId,
        spans: readableSpans(structure, person),
        cursor: wanted.before === undefined ? 'end' : { before: wanted.before },
        url: (owner, attachment) => context.signer.attachmentPath(owner, attachment),
      })
      pages.push({ interaction: id, messages: page.messages, more: page.more })
    }
    const spoken = nearestLanguage(link.language)
    return {
      language: spoken,
      dir: directionOf(spoken),
      words: linkWords(spoken),
      site: site.name,
      conversation: view,
      pages,
    }
  })
}

/** Who was asked and has no part in it yet reads the question as it was put to them, as long as it stands. */
async function readQuestion(
  reader: Reader,
  { account, person, conversation, language: spokenBy }: ReRead,
  id: OfferId,
): Promise<LinkReadResponse | null> {
  const offer = (await listOffers(reader, { account, person, language: spokenBy })).find((each) => each.id === id)
  if (offer?.state !== 'open' && offer?.state !== 'waiting') return null
  const spoken = nearestLanguage(spokenBy)
  const { at, text, topic, site, language, asker: by } = offer
  return oneThing({ id, conversation, site, topic, at, text, by, role: 'initiator', language, spoken })
}

/** Who is asked into something reads what came with it, and nothing of what it leads to, as long as it stands. */
async function readNote(
  reader: Reader,
  { account, person, language }: ReRead,
  id: string,
  now: Date,
): Promise<LinkReadResponse | null> {
  const { open } = await listInvitations(reader, { account, person, now })
  const invitation = open.find((each) => each.id === id)
  if (!invitation) return null
  const { by, at, note: text, site } = invitation
  const spoken = nearestLanguage(language)
  return oneThing({ id, conversation: id, site, topic: null, at, text, by, role: 'responder', language, spoken })
}

/** A page with one thing that was said, by somebody to whom its reader has yet to answer. */
function oneThing(said: {
  readonly id: string
  readonly conversation: string
  readonly site: string
  readonly topic: string | null
  readonly at: string
  readonly text: string
  readonly by: string
  readonly role: 'initiator' | 'responder'
  readonly language: string
  readonly spoken: ReturnType<typeof nearestLanguage>
}): LinkReadResponse {
  const { id, at, text, site, topic, language, spoken, role } = said
  const author = { id, you: false, alias: said.by, colour: 0, role, state: 'here', delivered: 0, read: 0 } as const
  return {
    language: spoken,
    dir: directionOf(spoken),
    words: linkWords(spoken),
    site,
    conversation: {
      ...{ id: said.conversation, site, state: 'open', topic, language, createdAt: at, hunt: 'looking' },
      interactions: [{ id, kind: 'intake', state: 'open', length: 1, writable: true, participants: [author] }],
    },
    pages: [{ interaction: id, messages: [{ n: 1, id, from: id, at, text }], more: false }],
  }
}
