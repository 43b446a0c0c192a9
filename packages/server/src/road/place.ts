import type { ConversationId, InteractionId, PersonId } from '@parley/model'
import { maySee } from '@parley/rules'
import { lastPosition, type ParticipantPlace, type Structure, spansOf } from './structure.ts'

/** Where the author means it to go: everyone admitted in the conversation (but those whom it has reached already), or one interaction. */
export type Target =
  | { readonly conversation: ConversationId; readonly except?: readonly InteractionId[] }
  | {
      readonly interaction: InteractionId
      readonly conversation: ConversationId
      /** What is only kept for its author and supervisors may come after the end. */
      readonly late?: true
    }

export type PlaceRefusal = 'not-there' | 'conversation-closed' | 'interaction-closed' | 'not-allowed'

export type PlaceVerdict =
  | { ok: true; author: ParticipantPlace; interactions: InteractionId[] }
  | { ok: false; refusal: PlaceRefusal }

/**
 * Into which interactions a message goes. To all means every open exchange that the author is in; before anyone is admitted, the newest
 * open ticket's intake. What a visitor fills in there once somebody has answered goes to those who have: nobody listens in the intake any
 * more. Not there and not yours give the same answer.
 */
export function place(structure: Structure, person: PersonId, target: Target): PlaceVerdict {
  const own = structure.participants.filter((participant) => participant.person === person && !participant.left)
  const exchanges = own.filter((participant) => isOpen(structure, participant, 'exchange'))
  const isToAll =
    !('interaction' in target) || (exchanges.length > 0 && isOwnIntake(structure, person, target.interaction))
  if (!isToAll) return placeInOne(structure, own, person, target)
  if (own.length === 0) return { ok: false, refusal: 'not-there' }
  if (structure.state === 'closed') return { ok: false, refusal: 'conversation-closed' }

  const [first] = exchanges
  if (first) {
    const interactions = exchanges.map(({ interaction }) => interaction)
    const except = 'except' in target ? (target.except ?? []) : []
    return { ok: true, author: first, interactions: interactions.filter((id) => !except.includes(id)) }
  }
  const intake = own.findLast((participant) => isOpen(structure, participant, 'intake'))
  return intake
    ? { ok: true, author: intake, interactions: [intake.interaction] }
    : { ok: false, refusal: 'interaction-closed' }
}

function placeInOne(
  structure: Structure,
  own: readonly ParticipantPlace[],
  person: PersonId,
  { interaction, late }: Extract<Target, { interaction: InteractionId }>,
): PlaceVerdict {
  const found = structure.interactions.get(interaction)
  const author = own.find((participant) => participant.interaction === interaction)
  if (!found || !author) {
    // Who may read here but not write learns so; anyone else learns nothing.
    const seen = found && maySee(spansOf(structure, person), interaction, lastPosition(structure, interaction))
    return { ok: false, refusal: seen ? 'not-allowed' : 'not-there' }
  }
  if (author.role === 'observer') return { ok: false, refusal: 'not-allowed' }
  if (structure.state === 'closed' && !late) return { ok: false, refusal: 'conversation-closed' }
  if (found.state === 'closed') return { ok: false, refusal: 'interaction-closed' }
  return { ok: true, author, interactions: [interaction] }
}

function isOwnIntake(structure: Structure, person: PersonId, interaction: InteractionId): boolean {
  return person === structure.visitor && structure.interactions.get(interaction)?.kind === 'intake'
}

function isOpen(structure: Structure, participant: ParticipantPlace, kind: 'intake' | 'exchange'): boolean {
  const interaction = structure.interactions.get(participant.interaction)
  return interaction?.kind === kind && interaction.state === 'open' && participant.role !== 'observer'
}
