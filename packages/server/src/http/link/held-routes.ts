import { type HeldId, nearestLanguage, parseId } from '@parley/model'
import type { LinkDecideResponse, LinkHeldResponse } from '@parley/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { decideHeld } from '../../channels/index.ts'
import { listHeld } from '../../held/index.ts'
import { type AccessKey, findAccessKey } from '../../visitors/index.ts'
import { type Words, word } from '../../words/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { directionOf, linkWords } from './link-words.ts'
import { mayUseLink } from './may-use-link.ts'

const key = z.string().max(200)
const language = z.string().max(35).optional()
const heldBody = z.strictObject({ key, language })
const decideBody = z.strictObject({ key, language, decision: z.enum(['release', 'discard']) })

/** What was held in somebody's name is looked at and decided from the notice that they got (settled 14, 16). */
export function heldRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock } = context

  const open = async (secret: string): Promise<{ link: AccessKey; held: HeldId } | null> => {
    const link = await findAccessKey(db, secret, 're-read', clock.now(), 'again')
    const held = parseId<HeldId>(link?.bound.held)
    return link && held ? { link, held } : null
  }

  app.post('/api/link/held', async (request, reply) => {
    const body = heldBody.parse(request.body)
    const asked = nearestLanguage(body.language)
    if (!mayUseLink(context, request, reply, asked)) return reply
    const found = await open(body.key)
    if (!found) return refuse(reply, 'not-there', asked, { text: word(asked, 'link-gone') })
    const { account, person, conversation } = found.link
    return db.read(account, async (reader): Promise<LinkHeldResponse> => {
      const facts = await reader
        .selectFrom('person')
        .leftJoin('conversation', (join) =>
          join
            .onRef('conversation.account_id', '=', 'person.account_id')
            .on('conversation.conversation_id', '=', conversation),
        )
        .leftJoin('site', (join) =>
          join
            .onRef('site.account_id', '=', 'conversation.account_id')
            .onRef('site.site_id', '=', 'conversation.site_id'),
        )
        .select(['person.language', 'site.name'])
        .where('person.account_id', '=', account)
        .where('person.person_id', '=', person)
        .executeTakeFirstOrThrow()
      const spoken = nearestLanguage(facts.language)
      const waiting = await listHeld(reader, account, person)
      return {
        language: spoken,
        dir: directionOf(spoken),
        words: linkWords(spoken),
        site: facts.name ?? '',
        held: waiting.find(({ id }) => id === found.held) ?? null,
      }
    })
  })

  app.post('/api/link/held/decide', async (request, reply) => {
    const body = decideBody.parse(request.body)
    const asked = nearestLanguage(body.language)
    if (!mayUseLink(context, request, reply, asked)) return reply
    const found = await open(body.key)
    if (!found) return refuse(reply, 'not-there', asked, { text: word(asked, 'link-gone') })
    const { account, person } = found.link
    const { decision } = body
    const decided = await decideHeld(context.receive, { account, person, held: found.held, decision })
    const outcome = decided.ok ? became(decided.outcome) : isGone(decided.because) ? 'late' : 'decided'
    const response: LinkDecideResponse = { outcome, text: word(asked, `link-held-${outcome}` satisfies keyof Words) }
    return response
  })
}

const isGone = (because: string) => because === 'conversation-closed' || because === 'interaction-closed'

function became(outcome: string): LinkDecideResponse['outcome'] {
  if (outcome === 'discarded') return 'discarded'
  return ['accepted', 'admitted', 'repeated'].includes(outcome) ? 'released' : 'late'
}
