import { createHash } from 'node:crypto'
import type { AttachmentId, ConversationId, InteractionId, OperationId, PersonId } from '@parley/model'
import { plainly } from '@parley/model'
import { isBehind, screen } from '@parley/rules'
import { z } from 'zod'
import { type Filed, identitiesBeside, type Structure, type Turns } from '../../road/index.ts'
import { nameAsker } from '../../words/index.ts'
import { conversationsOf } from '../find-things.ts'
import { type Actor, operation, refused } from '../operation.ts'
import { encryptionOf, sealedInput } from '../sealed-input.ts'
import { mayDoTo } from '../standing.ts'
import { unusedUploads } from './unused-uploads.ts'

const mostText = 16_000
const line = (most: number) => z.string().trim().min(1).max(most)

const said = z.strictObject({
  text: z.string(),
  /** When it was said. */
  at: z.iso.datetime({ offset: true }),
  by: z.union([z.strictObject({ name: line(100) }), z.strictObject({ person: z.uuid() })]).optional(),
  /** A call, a mail, a meeting. */
  over: line(60).optional(),
  attachments: z.array(z.uuid()).max(20).optional(),
  sealed: sealedInput,
})

/** What was said elsewhere gets its place, with its own author and time beside it; from here on it is like anything said. */
export const file = operation({
  name: 'file',
  summary: 'File what was said elsewhere (a call, a mail, a meeting) in an interaction, with its own author and time',
  input: z.strictObject({ interaction: z.uuid(), said }),
  refusals: [
    ...(['conversation-closed', 'interaction-closed', 'no-such-person', 'text-empty', 'text-too-long'] as const),
    ...(['attachment-not-there', 'wrong-state', 'alias-taken'] as const),
  ],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, { interaction, said }, _, id) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { structure } = turn
    const verdict = mayDoTo(structure, actor, 'file', { interaction })
    if (!verdict.ok) return verdict
    const { text, at, by, over, attachments = [] } = said
    const files = await unusedUploads(turns.tx, actor, attachments as AttachmentId[])
    if (!files) return refused('attachment-not-there')
    if (text.trim() === '' && files.length === 0) return refused('text-empty')
    if (text.length > mostText) return refused('text-too-long')
    // Nothing was said that is still to come.
    if (Date.parse(at) > turns.now.getTime() + 60_000) return refused('wrong-state')
    // Who is here says it themselves: nobody's words are put into their mouth by their name.
    if (by && 'name' in by && isCalledSo(structure, actor, interaction, by.name)) return refused('alias-taken')
    const author = await authorOf(turns, structure, actor, { interaction, by })
    if (!author) return refused('no-such-person')
    const done = await turn.say({
      account: actor.account,
      person: actor.person,
      to: { conversation: structure.conversation as ConversationId, interaction: interaction as InteractionId },
      via: viaOf(structure, actor, interaction),
      said: plainly(text),
      key: keyOf(id),
      attachments: files,
      form: null,
      unproven: false,
      rawBlob: null,
      writtenAt: new Date(at),
      encryption: encryptionOf(said),
      filed: { ...author, over: over === undefined ? null : screened(structure, actor, over) },
    })
    if (!done.ok) return refused(done.refusal)
    return { ok: true, result: { interaction, message: done.decided.id } }
  },
})

/** Whoever files does so beside what they do: where they are reached does not change by it. */
function viaOf(structure: Structure, { person, via }: Actor, interaction: string) {
  const place = structure.participants.find(
    (own) => own.interaction === interaction && own.person === person && !own.left,
  )
  return place ? { medium: place.medium, address: place.address } : via
}

/** One of ours is called as in the conversation, and never by their name; anyone else by what is known of nobody here. */
async function authorOf(
  { tx }: Turns,
  structure: Structure,
  actor: Actor,
  { interaction, by }: { interaction: string; by: z.infer<typeof said>['by'] },
): Promise<Pick<Filed, 'name' | 'person'> | null> {
  if (!by) return { name: null, person: null }
  if ('name' in by) return { name: screened(structure, actor, by.name), person: null }
  const person = by.person as PersonId
  const place = structure.participants.findLast(
    (one) => one.person === person && one.role !== 'observer' && isKnownIn(structure, interaction, one.interaction),
  )
  if (place) {
    const { asker } = structure.policy
    return { name: place.alias || nameAsker(structure.language, asker, null), person }
  }
  const found = await tx
    .selectFrom('responder')
    .select('alias')
    .where('account_id', '=', structure.account)
    .where('person_id', '=', person)
    .where('state', 'in', ['active', 'paused'])
    .executeTakeFirst()
  return found ? { name: found.alias, person } : null
}

/** What somebody is called in a backchannel is not brought before those who are not in it. */
const isKnownIn = ({ interactions }: Structure, interaction: string, named: InteractionId): boolean =>
  named === interaction || interactions.get(named)?.kind !== 'backchannel'

/** As words of who files it are: of those behind their back nothing is masked, since that would tell of them. */
function screened(structure: Structure, { person }: Actor, text: string): string {
  const { countries } = structure.policy
  return screen(text, { mask: 'all', style: 'dots', known: identitiesBeside(structure, person), countries }).text
}

/** Is somebody called so whom they see there? */
function isCalledSo({ participants }: Structure, { person }: Actor, interaction: string, name: string): boolean {
  const key = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  return participants.some(
    (place) =>
      place.interaction === interaction &&
      place.role !== 'observer' &&
      (place.face === null || isBehind(participants, person, place.face)) &&
      place.alias !== '' &&
      key(place.alias) === key(name),
  )
}

function keyOf(id: OperationId): Buffer {
  return createHash('sha256').update(`filed ${id}`).digest()
}
