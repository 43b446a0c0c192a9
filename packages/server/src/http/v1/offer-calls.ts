import type { OfferId } from '@parley/model'
import { plainly } from '@parley/model'
import { z } from 'zod'
import { receive } from '../../channels/index.ts'
import { findRelay } from '../../delivery/index.ts'
import { answerOffer, findOfferIn, listOffers, takeOfferCommand } from '../../hunting/index.ts'
import { type Endpoint, endpoint, Refused } from './endpoint.ts'
import { byId, nothing, offer, offerAnswered, pageOf, replied, replyBody, textBody } from './schemas.ts'
import { maySpeak, sayOf } from './speak.ts'

const list = endpoint({
  method: 'GET',
  path: '/offers',
  id: 'listOffers',
  scope: 'read',
  summary: 'Questions that were offered to the program, newest first',
  query: z.strictObject({ state: z.enum(['open', 'all']).default('open') }),
  answer: pageOf(offer),
  refusals: [],
  async handle({ context, caller, query }) {
    const { account, program, language } = caller
    const all = await context.db.read(account, (reader) => listOffers(reader, { account, person: program, language }))
    return { items: query.state === 'all' ? all : all.filter(({ state }) => state === 'open'), next: null }
  },
})

const answer = endpoint({
  method: 'POST',
  path: '/offers/{id}/answer',
  id: 'answerOffer',
  scope: 'answer',
  summary: 'Answer a question; whether that gives a place is for the site’s rules to say',
  params: byId,
  body: textBody,
  answer: offerAnswered,
  refusals: ['not-there', 'text-empty', 'under-way'],
  async handle(call) {
    const { context, caller, params, body } = call
    const { account, program } = caller
    if (body.text.trim() === '') return new Refused('text-empty')
    const offer = params.id as OfferId
    const wanted = { account, offer, say: await sayOf(call, program, body.text) }
    const answered = await answerOffer(context.road, wanted, findOfferIn(context.db))
    switch (answered.outcome) {
      case 'admitted':
        return { outcome: 'admitted' as const, conversation: answered.conversation, interaction: answered.interaction }
      case 'not-admitted':
        return { outcome: 'late' as const, because: answered.because }
      case 'repeated':
        return new Refused('under-way', { detail: 'This question was answered before.' })
      case 'not-there':
        return new Refused('not-there')
    }
  },
})

const decline = endpoint({
  method: 'POST',
  path: '/offers/{id}/decline',
  id: 'declineOffer',
  scope: 'answer',
  summary: 'Not for this program',
  params: byId,
  answer: nothing,
  refusals: ['not-there'],
  async handle({ context, caller, params }) {
    const offer = params.id as OfferId
    const find = findOfferIn(context.db)
    const own = await find(caller.account, offer)
    if (own?.person_id !== caller.program) return new Refused('not-there')
    const via = { medium: 'api', address: null } as const
    const { account } = caller
    await takeOfferCommand(context.road, { account, offer, via, command: { kind: 'decline' } }, find)
    return {}
  },
})

const reply = endpoint({
  method: 'POST',
  path: '/replies',
  id: 'reply',
  scope: 'answer',
  summary: 'Answer what came by webhook: a question or a message',
  params: nothing,
  body: replyBody,
  answer: replied,
  refusals: ['not-there', 'nothing-in-it'],
  async handle({ context, caller, body, keyFor }) {
    const relay = await findRelay(context.db, body.to)
    const from = relay?.account === caller.account ? await addressKey(context, caller, relay.person) : null
    if (!relay || relay.state === 'retired' || !from) return new Refused('not-there')
    const allowed = maySpeak(context, relay.person, relay.conversation)
    if (!allowed.ok) return new Refused('too-many', allowed)
    const receipt = await receive({ ...context.receive, allows: () => true }, asProgram, {
      channel: 'api',
      externalId: keyFor(relay.person).toString('hex'),
      to: body.to,
      from: { address: from, standing: 'proven', why: 'api-key' },
      verdict: { kind: 'message' },
      said: plainly(body.text),
      attachments: [],
      raw: Buffer.from(body.text),
      writtenAt: null,
      language: null,
      title: null,
    })
    context.outbox.wake()
    switch (receipt.outcome) {
      case 'refused':
        return new Refused(refusals[receipt.because] ?? 'malformed-request')
      case 'noted':
        return { outcome: 'noted' as const, because: receipt.because }
      default:
        return { outcome: receipt.outcome, because: null }
    }
  },
})

/** What receiving depends on of the channel that the words could have come by. */
const asProgram = {
  medium: 'api',
  abilities: { addresses: 'per-place', style: 'lines', attachments: 'links', typing: false, receipts: 'none' },
} as const

const refusals: Readonly<Record<string, string>> = {
  'unknown-address': 'not-there',
  'retired-address': 'not-there',
  'nothing-in-it': 'nothing-in-it',
  'too-large': 'too-large',
  'too-many': 'too-many',
}

/** By what the endpoint of this program is known as the sender, where the address that is answered is of its own places. */
function addressKey(
  { db }: Parameters<typeof sayOf>[0]['context'],
  caller: Parameters<typeof sayOf>[0]['caller'],
  person: string,
) {
  const { account, program } = caller
  return db.read(account, async (reader) => {
    const found = await reader
      .selectFrom('address')
      .leftJoin('outside_person', (join) =>
        join
          .onRef('outside_person.account_id', '=', 'address.account_id')
          .onRef('outside_person.person_id', '=', 'address.person_id'),
      )
      .select(['address.value_key', 'address.person_id', 'outside_person.program_id'])
      .where('address.account_id', '=', account)
      .where('address.medium', '=', 'api')
      .where((eb) => eb('address.person_id', '=', person as typeof program))
      .executeTakeFirst()
    const isIts = found && (found.person_id === program || found.program_id === program)
    return isIts ? found.value_key : null
  })
}

export const offerCalls: readonly Endpoint[] = [list, answer, decline, reply]
