import { type AddressId, type Medium, newId, type ParticipantId } from '@parley/model'
import { acceptInvitation, type Change, type NotDone, notDone } from '@parley/rules'
import { enqueue, relayForParticipant } from '../../delivery/index.ts'
import { type PlaceInvitation, settleInvitation, whyOver } from '../../invitations/index.ts'
import { roleOf } from '../../people/index.ts'
import type { Turn, Turns } from '../../road/index.ts'
import { asInOne } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'
import { takeAddresses } from './withdraw-of.ts'

/** Who was invited comes in, over the medium that they accept by; what they were given of before they are told where to read. */
export async function accept(
  turns: Turns,
  turn: Turn,
  invitation: PlaceInvitation,
  via: { readonly medium: Medium; readonly address: AddressId | null },
): Promise<{ readonly ok: true; readonly place: ParticipantId; readonly changes: Change[] } | NotDone> {
  const { account } = turn.structure
  const { interaction, person, by, history, historyOf } = invitation
  if (whyOver(invitation, turn.now) !== null) return notDone('wrong-state')
  if ((await roleOf(turn.tx, account, person)) === null) return notDone('not-there')
  const inviter = asInOne(turn.structure, { person: by, role: await roleOf(turn.tx, account, by) })
  const wanted = { interaction, person, by: inviter, history, historyOf, via }
  const accepted = acceptInvitation(turn.structure, wanted, newId)
  if (!accepted.ok) return accepted
  const place = accepted.place as ParticipantId
  await writeChanges(turns, account, accepted.changes)
  await settleInvitation(turn, invitation, 'accepted')
  await takeAddresses(turn, invitation, place)
  await tellStory(turn, place, accepted.changes)
  return { ok: true, place, changes: accepted.changes }
}

/** By a link alone: what stands in a mail is quoted in its answer, and not all who read the answer may read the story. */
async function tellStory(turn: Turn, id: ParticipantId, changes: readonly Change[]): Promise<void> {
  const { tx, now, structure } = turn
  const isGiven = changes.some((change) => change.kind === 'give' && change.basis !== 'member')
  const place = structure.participants.find((own) => own.id === id)
  if (!isGiven || !place || place.medium === 'web' || place.address === null) return
  await enqueue(
    tx,
    [
      {
        account: structure.account,
        owner: id,
        person: place.person,
        address: place.address,
        medium: place.medium,
        conversation: structure.conversation,
        interaction: place.interaction,
        participant: id,
        what: { kind: 'notice', notice: { template: 'invited-story', params: {} } },
        relay: await relayForParticipant(tx, structure, place, now),
      },
    ],
    now,
  )
}
