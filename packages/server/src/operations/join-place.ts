import type {
  AccountId,
  AddressId,
  ConversationId,
  InteractionId,
  Medium,
  ParticipantId,
  PersonId,
} from '@parley/model'
import { type Change, houseFace } from '@parley/rules'
import type { Writer } from '../db/index.ts'
import { faceAndColour } from '../hunting/index.ts'
import type { Structure, Turns } from '../road/index.ts'
import { setField } from './set-field.ts'

type Joining = Extract<Change, { kind: 'join' }>
type Via = { medium: Medium; address: AddressId | null }

/** A place in an interaction: named as the person is elsewhere in the conversation, and reached where they were last. */
export async function joinPlace(turns: Turns, account: AccountId, change: Joining): Promise<void> {
  const { tx, now } = turns
  const conversation = change.conversation as ConversationId
  const person = change.person as PersonId
  const { structure } = turns.of(conversation)
  const isBehind = await isBackchannel(tx, structure, change.interaction as InteractionId)
  // What somebody is called behind the asker's back is not brought before the asker: it may come from who else is there.
  const known = structure.participants.findLast(
    (place) =>
      place.person === person && (isBehind || structure.interactions.get(place.interaction)?.kind !== 'backchannel'),
  )
  const named =
    change.role === 'initiator'
      ? { alias: known?.alias ?? '', colour: 0 }
      : known
        ? { alias: known.alias, colour: known.colour }
        : await faceAndColour(tx, structure, person, { isBehind })
  const via = (change.via as Via | null) ?? (await viaOf(tx, structure, person))
  await tx
    .insertInto('participant')
    .values({
      account_id: account,
      participant_id: change.place as ParticipantId,
      conversation_id: conversation,
      interaction_id: change.interaction as InteractionId,
      person_id: person,
      role: change.role,
      alias: change.alias ?? named.alias,
      colour: named.colour,
      medium: via.medium,
      address_id: via.address,
      manages: change.manages,
      invited_by: change.by as PersonId | null,
      face: change.face ?? faceIn(structure, change, isBehind),
      joined_at: now,
      left_at: null,
    })
    .execute()
}

/** Who answers who asks does so from behind the house's face, where it has one; who asks, from behind the one that they ask from elsewhere. */
function faceIn(
  structure: Structure,
  { interaction, person, role }: Pick<Joining, 'interaction' | 'person' | 'role'>,
  isBehind: boolean,
): string | null {
  if (role === 'initiator') return structure.participants.findLast((place) => place.person === person)?.face ?? null
  const isIntake = structure.interactions.get(interaction as InteractionId)?.kind === 'intake'
  const answers = (role === 'responder' || role === 'virtual') && !isBehind && !isIntake
  return answers && structure.policy.face !== 'named' ? houseFace : null
}

/** Who only watched answers from now on: from behind what all answer from there. */
export async function faceWhoAnswers(turns: Turns, account: AccountId, place: ParticipantId): Promise<void> {
  for (const { structure } of turns.all) {
    const own = structure.participants.find(({ id }) => id === place)
    if (!own || own.face !== null) continue
    const isBehind = structure.interactions.get(own.interaction)?.kind === 'backchannel'
    const face = faceIn(structure, { ...own, role: 'responder' }, isBehind)
    if (face !== null)
      await setField(turns.tx, account, { kind: 'field', of: { place }, field: 'face', was: null, is: face })
  }
}

/** One that was opened in this same transaction is not in the structure yet. */
async function isBackchannel(tx: Writer, structure: Structure, interaction: InteractionId): Promise<boolean> {
  const known = structure.interactions.get(interaction)
  if (known) return known.kind === 'backchannel'
  const row = await tx
    .selectFrom('interaction')
    .select('kind')
    .where('account_id', '=', structure.account)
    .where('interaction_id', '=', interaction)
    .executeTakeFirst()
  return row?.kind === 'backchannel'
}

/** Where they were reached last in this conversation; who works at the desk, there; anyone else, over the first address that is proven. */
async function viaOf(tx: Writer, structure: Structure, person: PersonId): Promise<Via> {
  const last = structure.participants.findLast((place) => place.person === person && !place.left)
  if (last) return { medium: last.medium, address: last.address }
  const found = await tx
    .selectFrom('responder')
    .select('role')
    .where('account_id', '=', structure.account)
    .where('person_id', '=', person)
    .executeTakeFirst()
  if (found && found.role !== 'responder') return { medium: 'web', address: null }
  const address = await tx
    .selectFrom('address')
    .select(['address_id', 'medium'])
    .where('account_id', '=', structure.account)
    .where('person_id', '=', person)
    .where('state', '=', 'proven')
    .where('medium', '<>', 'push')
    .orderBy('position')
    .executeTakeFirst()
  return address ? { medium: address.medium, address: address.address_id } : { medium: 'web', address: null }
}
