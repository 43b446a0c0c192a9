import { type ConversationId, type InteractionId, nearestLanguage, type PersonId, type SiteId } from '@parley/model'
import type { ProgramMessage } from '@parley/protocol'
import { z } from 'zod'
import { readMessages } from '../../conversations/index.ts'
import { closeFor } from '../../hunting/index.ts'
import { type Actor, actorIn, listConversations, outsidePerson, readConversation } from '../../programs/index.ts'
import { asks, readableSpans, whatItBecame } from '../../road/index.ts'
import { findSite } from '../../sites/index.ts'
import { begin, openConversationOf } from '../visitor/begin-conversation.ts'
import { type Call, type Endpoint, endpoint, Refused } from './endpoint.ts'
import {
  asOne,
  beginBody,
  begun,
  byId,
  conversation,
  messages,
  outsideKey,
  pageOf,
  paging,
  said,
  sayBody,
} from './schemas.ts'
import { say } from './speak.ts'

type AnyCall = Pick<Call<unknown, unknown, unknown>, 'context' | 'caller' | 'keyFor'>

const list = endpoint({
  method: 'GET',
  path: '/conversations',
  id: 'listConversations',
  scope: 'read',
  summary: 'Conversations that the program takes part in, as itself or for others, the newest words first',
  query: paging,
  answer: pageOf(conversation),
  refusals: ['bad-cursor'],
  async handle({ context, caller, query }) {
    const page = await context.db.read(caller.account, (reader) =>
      listConversations(reader, { ...caller, ...query, after: query.after }),
    )
    if (!page) return new Refused('bad-cursor')
    for (const structure of page.structures) context.hub.know(structure)
    return { items: page.items, next: page.next }
  },
})

const beginOne = endpoint({
  method: 'POST',
  path: '/conversations',
  id: 'beginConversation',
  scope: 'begin',
  summary:
    'Begin a conversation on a site, for the program itself or for somebody for whom it acts; one that is open goes on',
  body: beginBody,
  answer: begun,
  refusals: ['not-there', 'form-incomplete', 'unknown-choice', 'text-empty'],
  async handle(call) {
    const { context, caller, body } = call
    const { account, program } = caller
    const now = context.clock.now()
    const site = await findSite(context.db, body.site)
    if (site?.account !== account) return new Refused('not-there')
    if (body.text.trim() === '') return new Refused('text-empty')
    const language = nearestLanguage(body.language ?? caller.language)
    const actor: Actor = { person: await personFor(call, site.id, body.as, language), as: body.as ?? null }
    const holder = { account, person: actor.person, kind: 'visitor', language } as const
    let open = await openConversationOf(context, holder)
    if (!open) {
      const allowed = context.quotas.take('conversations', { visitor: actor.person, site: site.id }, now)
      if (!allowed.ok) return new Refused('too-many', allowed)
      const { topic, fields } = body
      const chosen = {
        ...(topic ? { topic } : {}),
        ...(fields ? { fields } : {}),
        ...(body.language ? { language } : {}),
      }
      // Where a program runs says nothing about whom it speaks for.
      const refusal = await begin(context, holder, { site, link: null }, chosen, nowhere)
      if (refusal) return new Refused(refusal)
      open = await openConversationOf(context, holder)
    }
    if (!open) throw new Error(`the conversation of ${program} was begun and is not there`)
    const id = open.id as ConversationId
    const message = await say(call, { person: actor.person, text: body.text, sealed: body.sealed, conversation: id })
    if (message instanceof Refused) return message
    const shown = await show(call, id, actor)
    return shown ? { conversation: shown, message } : new Refused('not-there')
  },
})

/** An address that is nobody's (RFC 5737). */
const nowhere = '192.0.2.0'

const one = endpoint({
  method: 'GET',
  path: '/conversations/{id}',
  id: 'readConversation',
  scope: 'read',
  summary: 'One conversation, as the program (or who it acts for) sees it',
  params: byId,
  query: asOne,
  answer: conversation,
  refusals: ['not-there'],
  async handle(call) {
    const found = await asWhom(call, call.params.id, call.query.as)
    return (found && (await show(call, found.conversation, found.actor))) ?? new Refused('not-there')
  },
})

const read = endpoint({
  method: 'GET',
  path: '/conversations/{id}/messages',
  id: 'readMessages',
  scope: 'read',
  summary: 'What was said in one interaction, oldest first: the end of it, or what follows or precedes a number',
  params: byId,
  query: z
    .strictObject({
      interaction: z.uuid(),
      after: z.coerce.number().int().min(0).optional(),
      before: z.coerce.number().int().min(1).optional(),
      as: outsideKey.optional(),
    })
    .refine(({ after, before }) => after === undefined || before === undefined, 'after or before, not both'),
  answer: messages,
  refusals: ['not-there'],
  async handle(call) {
    const { context, caller, query } = call
    const { account, language } = caller
    const found = await asWhom(call, call.params.id, query.as)
    if (!found) return new Refused('not-there')
    const { actor, conversation } = found
    const { after, before } = query
    const cursor = after !== undefined ? { after } : before !== undefined ? { before } : ('end' as const)
    return context.db.read(account, async (reader) => {
      const seen = await readConversation(reader, { account, language, conversation, actor })
      if (!seen?.view.interactions.some(({ id }) => id === query.interaction)) return new Refused('not-there')
      const page = await readMessages(reader, {
        account,
        person: actor.person,
        interaction: query.interaction as InteractionId,
        spans: readableSpans(seen.structure, actor.person),
        cursor,
        url: (owner, attachment) => context.publicUrl + context.signer.attachmentPath(owner, attachment),
      })
      return { messages: page.messages.map(showMessage), more: page.more }
    })
  },
})

function showMessage({
  n,
  id,
  from,
  at,
  text,
  sealed = false,
  attachments = [],
}: Awaited<ReturnType<typeof readMessages>>['messages'][number]): ProgramMessage {
  return {
    ...{ n, id, from, at, text, sealed },
    attachments: attachments.map(({ name, type, size, url }) => ({ name, type, size, url })),
  }
}

const speak = endpoint({
  method: 'POST',
  path: '/conversations/{id}/messages',
  id: 'say',
  scope: 'answer',
  summary: 'Say something in a conversation, to everyone there or in one interaction',
  params: byId,
  body: sayBody,
  answer: said,
  refusals: ['not-there', 'not-allowed', 'conversation-closed', 'interaction-closed', 'text-empty'],
  async handle(call) {
    const { body } = call
    const found = await asWhom(call, call.params.id, body.as)
    if (!found) return new Refused('not-there')
    const { actor, conversation } = found
    const interaction = body.interaction as InteractionId | undefined
    const { text, sealed } = body
    return say(call, { person: actor.person, text, sealed, conversation, interaction })
  },
})

const close = endpoint({
  method: 'POST',
  path: '/conversations/{id}/close',
  id: 'closeConversation',
  scope: 'begin',
  summary: 'End a conversation that the program, or who it acts for, has begun',
  params: byId,
  body: asOne,
  answer: conversation,
  refusals: ['not-there', 'not-allowed'],
  async handle(call) {
    const { context, caller } = call
    const found = await asWhom(call, call.params.id, call.body.as)
    if (!found) return new Refused('not-there')
    const isDone = await context.road.inConversation(caller.account, found.conversation, async (turn) => {
      if (!asks(turn.structure, found.actor.person)) return false
      if (turn.structure.state === 'open') await closeFor(turn, found.actor.person)
      return true
    })
    if (!isDone) return new Refused('not-allowed')
    return (await show(call, found.conversation, found.actor)) ?? new Refused('not-there')
  },
})

export const conversationCalls: readonly Endpoint[] = [list, beginOne, one, read, speak, close]

function personFor(
  { context, caller }: AnyCall,
  site: SiteId,
  as: string | undefined,
  language: string,
): Promise<PersonId> {
  const { account, program } = caller
  if (as === undefined) return Promise.resolve(program)
  return context.db.write(account, (tx) =>
    outsidePerson(tx, { account, program, key: as, site, language }, context.clock.now()),
  )
}

async function asWhom(
  { context, caller }: AnyCall,
  id: string,
  as: string | undefined,
): Promise<{ conversation: ConversationId; actor: Actor } | null> {
  return context.db.read(caller.account, async (reader) => {
    const conversation = await whatItBecame(reader, caller.account, id as ConversationId)
    if (!conversation) return null
    const actor = await actorIn(reader, { ...caller, conversation, ...(as === undefined ? {} : { as }) })
    return actor && { conversation, actor }
  })
}

async function show({ context, caller }: AnyCall, conversation: ConversationId, actor: Actor) {
  const { account, language } = caller
  const found = await context.db.read(account, (reader) =>
    readConversation(reader, { account, language, conversation, actor }),
  )
  if (found) context.hub.know(found.structure)
  return found?.view ?? null
}
