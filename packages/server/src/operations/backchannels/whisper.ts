import { createHash } from 'node:crypto'
import { type AttachmentId, type InteractionId, newId, plainly } from '@parley/model'
import { maxTextLength } from '@parley/protocol'
import { whisper as decideWhisper } from '@parley/rules'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { type Actor, operation, refused } from '../operation.ts'
import { encryptionOf, sealedInput } from '../sealed-input.ts'
import { writeChanges } from '../write-changes.ts'

/** Said to everyone who answers there, behind the back of who asks; an answer goes to those who heard it. */
export const whisper = operation({
  name: 'whisper',
  summary: 'Say something to those who answer in an interaction, unseen by who asks',
  input: z.strictObject({
    interaction: z.uuid(),
    text: z.string().max(100_000),
    attachments: z.array(z.uuid()).max(20).optional(),
    sealed: sealedInput,
  }),
  refusals: [
    ...(['conversation-closed', 'interaction-closed', 'wrong-state', 'asks-here', 'no-such-person'] as const),
    ...(['text-empty', 'text-too-long', 'attachment-not-there'] as const),
  ],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, input, _, id) {
    const parent = input.interaction as InteractionId
    const turn = turns.having(parent)
    if (!turn) return refused('not-there')
    const heard = decideWhisper(turn.structure, { by: actor, parent }, newId)
    if (!heard.ok) return heard
    const attachments = [...new Set(input.attachments ?? [])] as AttachmentId[]
    if (input.text.length > maxTextLength) return refused('text-too-long')
    if (input.text.trim() === '' && attachments.length === 0) return refused('text-empty')
    if (!(await areUnused(turn.tx, actor, attachments))) return refused('attachment-not-there')
    await writeChanges(turns, actor.account, heard.changes)
    const interaction = heard.interaction as InteractionId
    const { conversation } = turn.structure
    const said = await turn.say({
      account: actor.account,
      person: actor.person,
      to: { conversation, interaction },
      via: actor.via,
      said: plainly(input.text),
      key: createHash('sha256').update(`whisper\0${actor.person}\0${id}`).digest(),
      attachments,
      form: null,
      unproven: false,
      rawBlob: null,
      writtenAt: null,
      encryption: encryptionOf(input),
    })
    if (!said.ok) return refused(said.refusal)
    return { ok: true, result: { conversation, interaction, message: said.decided.id } }
  },
})

async function areUnused(
  tx: Parameters<typeof conversationsOf>[0],
  { account, person }: Actor,
  attachments: readonly AttachmentId[],
): Promise<boolean> {
  if (attachments.length === 0) return true
  const found = await tx
    .selectFrom('attachment')
    .select('attachment_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('attachment_id', 'in', [...attachments])
    .where('held_id', 'is', null)
    .where('message_id', 'is', null)
    .execute()
  return found.length === attachments.length
}
