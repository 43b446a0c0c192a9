import { createHash } from 'node:crypto'
import { type ConversationId, type InteractionId, newId, plainly, type TicketId } from '@parley/model'
import { z } from 'zod'
import { addParticipant, openInteraction, recordEvent } from '../../conversations/index.ts'
import { sealingOf, type Writer } from '../../db/index.ts'
import { parsePolicy } from '../../sites/index.ts'
import { type Actor, operation, refused } from '../operation.ts'

const mostText = 16_000

/** A conversation with nobody else in it, for notes, files and what happened; others may be invited later. */
export const openOwnSpace = operation({
  name: 'open-own-space',
  summary: 'Begin a conversation with nobody else in it, for notes, pictures and events; others can be invited later',
  input: z.strictObject({ name: z.string().trim().min(1).max(200), text: z.string().max(mostText).optional() }),
  refusals: ['text-empty'],
  touches: async () => [],
  async perform(turns, actor, { name, text }, _, id) {
    if (actor.role === null || actor.role === 'responder') return refused('not-allowed')
    if (text !== undefined && text.trim() === '') return refused('text-empty')
    const { conversation, intake } = await begin(turns.tx, actor, name, turns.now)
    const turn = await turns.begun(conversation)
    if (text !== undefined) {
      const said = await turn.say({
        account: actor.account,
        person: actor.person,
        to: { conversation, interaction: intake },
        via: actor.via,
        said: plainly(text),
        key: createHash('sha256').update(`own space ${id}`).digest(),
        attachments: [],
        form: null,
        unproven: false,
        rawBlob: null,
        writtenAt: null,
      })
      if (!said.ok) throw new Error(`nothing can be said in a new space: ${said.refusal}`)
    }
    return { ok: true, result: { conversation, interaction: intake } }
  },
})

/** It belongs to the account's oldest site, whose policy holds in it; nobody is ever looked for. */
async function begin(
  tx: Writer,
  { account, person, language, via }: Actor,
  name: string,
  now: Date,
): Promise<{ conversation: ConversationId; intake: InteractionId }> {
  const site = await tx
    .selectFrom('site')
    .select(['site_id', 'policy'])
    .where('account_id', '=', account)
    .orderBy('created_at')
    .orderBy('site_id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const self = await tx
    .selectFrom('responder')
    .select('alias')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .executeTakeFirstOrThrow()
  const policy = parsePolicy(site.policy)
  const conversation = newId<ConversationId>()
  const ticket = newId<TicketId>()
  const intake = newId<InteractionId>()
  const about = { account_id: account, conversation_id: conversation, created_at: now, ends_at: null }
  await tx
    .insertInto('conversation')
    .values({
      ...about,
      site_id: site.site_id,
      visitor_id: person,
      kind: 'own',
      state: 'open',
      encryption: policy.encryption,
      name: policy.encryption === 'sealed' ? await sealName(tx, conversation, name) : name,
      category: null,
      folder: null,
      language,
      region: null,
      last_at: now,
    })
    .execute()
  await tx
    .insertInto('ticket')
    .values({
      ...about,
      ticket_id: ticket,
      intake_id: intake,
      topic_id: null,
      state: 'open',
      hunt: 'found',
      name: null,
      category: null,
      admission: JSON.stringify({ ...policy.admission, byInvitation: true }),
    })
    .execute()
  await openInteraction(tx, { account, conversation, ticket, id: intake, kind: 'intake', parent: null }, now)
  const place = { account, conversation, interaction: intake, person, role: 'initiator', colour: 0, from: 1 } as const
  const own = await addParticipant(tx, { ...place, ...via, alias: self.alias }, now)
  await tx
    .updateTable('participant')
    .set({ manages: true })
    .where('account_id', '=', account)
    .where('participant_id', '=', own)
    .execute()
  await recordEvent(tx, { account, conversation, person, kind: 'conversation-opened' }, now)
  return { conversation, intake }
}

function sealName(tx: Writer, conversation: ConversationId, text: string): Promise<string> {
  const { account, values } = sealingOf(tx)
  return values.seal(account, { conversation }, { table: 'conversation', column: 'name', row: conversation }, { text })
}
