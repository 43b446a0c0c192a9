import type { AccountId, AddressId, Medium, PersonId } from '@parley/model'
import { chooseAddresses, type Hours } from '@parley/rules'
import type { Writer } from '../db/index.ts'
import type { DecidedSay, ParticipantPlace } from '../road/index.ts'
import { enqueue, type NewDelivery } from './enqueue.ts'
import { relayForParticipant } from './relay-address.ts'

/** A message with those whom it is to reach where it was placed. */
export interface ToReach extends Pick<DecidedSay, 'id' | 'structure' | 'readers'> {
  readonly say: Pick<DecidedSay['say'], 'account'>
}

/** Deliveries for readers whose active medium is not a window; a window reads for itself, and its watermark is the truth. */
export async function enqueueMessages(tx: Writer, says: readonly ToReach[], now: Date): Promise<void> {
  const [first] = says
  if (!first) return
  const elsewhere = says.flatMap((say) =>
    say.readers.flatMap(({ participant, placement }) =>
      isElsewhere(participant) ? [{ say, participant, placement }] : [],
    ),
  )
  const timed = await readTimedAddresses(
    tx,
    first.say.account,
    elsewhere.map(({ participant }) => participant.person),
  )
  const deliveries: NewDelivery[] = []
  for (const { say, participant: active, placement } of elsewhere) {
    const participant = { ...active, ...byHour(active, timed.get(active.person) ?? [], now) }
    const relay = await relayForParticipant(tx, say.structure, participant, now)
    deliveries.push({
      account: say.say.account,
      owner: participant.id,
      person: participant.person,
      address: participant.address,
      medium: participant.medium,
      conversation: say.structure.conversation,
      interaction: placement.interaction,
      participant: participant.id,
      what: { kind: 'message', message: say.id },
      relay,
    })
  }
  await enqueue(tx, deliveries, now)
}

/** Does anyone who may see this read it elsewhere than in a window, so that a delivery was written? */
export function reachesElsewhere(say: DecidedSay): boolean {
  return say.readers.some(({ participant }) => isElsewhere(participant))
}

type Elsewhere = ParticipantPlace & { address: AddressId }

function isElsewhere(participant: ParticipantPlace): participant is Elsewhere {
  return participant.medium !== 'web' && participant.address !== null
}

/** The address that their own hours name now, where any of theirs has hours; else the one they last answered from. */
function byHour(active: Elsewhere, addresses: readonly Timed[], now: Date): { medium: Medium; address: AddressId } {
  const choice = chooseAddresses(
    { kind: 'message', lastUsed: active.address, windowOpen: false, now },
    addresses.map(({ address_id, medium, state, position, offers, hours }) => ({
      id: address_id,
      medium,
      confirmed: state !== 'unproven',
      failed: state === 'failing',
      order: position,
      active: offers,
      hours,
      lastUsedAt: null,
    })),
  )
  const chosen = addresses.find(({ address_id }) => address_id === choice.now[0]?.address)
  return chosen ? { medium: chosen.medium, address: chosen.address_id } : active
}

interface Timed {
  person_id: PersonId
  address_id: AddressId
  medium: Medium
  state: 'unproven' | 'proven' | 'failing'
  position: number
  offers: boolean
  hours: Hours | null
}

/** All addresses of those who gave hours to one of them. Most gave none, and have what they last answered from. */
async function readTimedAddresses(
  tx: Writer,
  account: AccountId,
  people: readonly PersonId[],
): Promise<Map<PersonId, Timed[]>> {
  const byPerson = new Map<PersonId, Timed[]>()
  if (people.length === 0) return byPerson
  const rows = await tx
    .selectFrom('address')
    .select(['person_id', 'address_id', 'medium', 'state', 'position', 'offers', 'hours'])
    .where('account_id', '=', account)
    .where('person_id', 'in', [...new Set(people)])
    .execute()
  for (const row of rows) byPerson.set(row.person_id, [...(byPerson.get(row.person_id) ?? []), row])
  for (const [person, own] of byPerson) if (own.every(({ hours }) => hours === null)) byPerson.delete(person)
  return byPerson
}
