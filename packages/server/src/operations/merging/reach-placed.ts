import type { InteractionId, MessageId, PersonId } from '@parley/model'
import { type Change, maySee } from '@parley/rules'
import { enqueueMessages, type ToReach } from '../../delivery/index.ts'
import { loadStructures, type ParticipantPlace, type Structure, spansOf, type Turns } from '../../road/index.ts'

type Placed = Extract<Change, { kind: 'place' }>

/** Sends what was placed besides to everyone there who reads elsewhere than in a window and has not got it where it stood before. */
export async function reachPlaced(turns: Turns, changes: readonly Change[]): Promise<void> {
  const placed = changes.filter((change): change is Placed => change.kind === 'place')
  const [first] = placed
  const turn = first && turns.having(first.interaction as InteractionId)
  if (!turn) return
  const { structure } = turn
  const found = await readPlacements(turns, structure, placed)
  const says: ToReach[] = placed.map(({ message, interaction, position }) => {
    const own = found.filter(({ id }) => id === message)
    const placement = { interaction: interaction as InteractionId, position }
    const elsewhere = own.filter((one) => one.interaction !== interaction)
    const isNews = (place: ParticipantPlace) =>
      !own.some(({ author }) => author === place.person) &&
      !elsewhere.some((one) => maySee(spansOf(one.structure, place.person), one.interaction, one.position))
    const readers = structure.participants.filter(
      (place) =>
        place.interaction === interaction &&
        !place.left &&
        maySee(spansOf(structure, place.person), interaction, position) &&
        isNews(place),
    )
    return {
      id: message as MessageId,
      structure,
      say: { account: structure.account },
      readers: readers.map((participant) => ({ participant, placement })),
    }
  })
  await enqueueMessages(turns.tx, says, turns.now)
}

interface Standing {
  readonly id: string
  readonly author: PersonId
  readonly interaction: InteractionId
  readonly position: number
  readonly structure: Structure
}

/** Everywhere that these messages stand, in whatever conversation. */
async function readPlacements(turns: Turns, { account }: Structure, placed: readonly Placed[]): Promise<Standing[]> {
  const rows = await turns.tx
    .selectFrom('placement')
    .innerJoin('message', (join) =>
      join
        .onRef('message.account_id', '=', 'placement.account_id')
        .onRef('message.message_id', '=', 'placement.message_id'),
    )
    .select([
      'message.message_id as id',
      'message.person_id as author',
      'placement.interaction_id as interaction',
      'placement.position',
      'placement.conversation_id as conversation',
    ])
    .where('placement.account_id', '=', account)
    .where('placement.message_id', 'in', [...new Set(placed.map(({ message }) => message as MessageId))])
    .execute()
  const known = new Map(turns.all.map(({ structure }) => [structure.conversation, structure]))
  const others = [...new Set(rows.map(({ conversation }) => conversation))].filter((id) => !known.has(id))
  if (others.length > 0) {
    for (const [id, structure] of await loadStructures(turns.tx, account, others)) known.set(id, structure)
  }
  return rows.flatMap((row) => {
    const structure = known.get(row.conversation)
    return structure ? [{ ...row, structure }] : []
  })
}
