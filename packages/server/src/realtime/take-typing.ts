import type { Channel, InboundTyping } from '@parley/channel-sdk'
import type { InteractionId } from '@parley/model'
import { addressKey } from '@parley/rules'
import { type Database, keyForms } from '../db/index.ts'
import { findRelay, type Relay } from '../delivery/index.ts'
import type { Structure } from '../road/index.ts'
import { isForAll } from './frame-target.ts'
import type { Hub } from './hub.ts'

/** More are not looked up at once: hints are dropped before they keep words waiting. */
const mostAtOnce = 8

/**
 * Somebody types over a channel: those who share that place with them are told, as when somebody types in a window. Whoever is not who the
 * place belongs to, or has none any more, is nobody here.
 */
export function takingTyping(
  parts: { db: Database; hub: Pick<Hub, 'find' | 'tellTyping'>; warn(error: unknown): void },
  channel: Pick<Channel, 'medium'>,
): (signal: InboundTyping) => Promise<void> {
  let underWay = 0
  const take = async ({ to, from, isTyping }: InboundTyping): Promise<void> => {
    const relay = await findRelay(parts.db, to)
    if (relay?.state !== 'active' || relay.participant === null || relay.left) return
    if (!(await isTheirs(parts.db, relay, channel.medium, from))) return
    const structure = await parts.hub.find(relay.account, { conversation: relay.conversation })
    if (!structure || structure.state === 'closed') return
    parts.hub.tellTyping(structure, relay.person, placesMeant(structure, relay), isTyping)
  }
  return async (signal) => {
    if (underWay >= mostAtOnce) return
    underWay += 1
    try {
      await take(signal)
    } catch (error) {
      parts.warn(error)
    } finally {
      underWay -= 1
    }
  }
}

/** As for what is said: in the intake, and at everyone's address, it is for all whom they are with. */
function placesMeant(structure: Structure, relay: Relay): InteractionId[] {
  const own = structure.participants.filter(({ person, left }) => person === relay.person && !left)
  const open = own
    .map(({ interaction }) => interaction)
    .filter((id) => structure.interactions.get(id)?.state === 'open')
  const isToAll =
    relay.reach === 'all' ||
    relay.interaction === null ||
    structure.interactions.get(relay.interaction)?.kind === 'intake'
  return open.filter((id) => (isToAll ? isForAll(structure, id) : id === relay.interaction))
}

async function isTheirs(db: Database, relay: Relay, medium: Channel['medium'], from: string): Promise<boolean> {
  const found = await db.read(relay.account, (reader) =>
    reader
      .selectFrom('address')
      .select('address_id')
      .where('account_id', '=', relay.account)
      .where('person_id', '=', relay.person)
      .where('medium', '=', medium)
      .where('value_key', 'in', keyForms(reader, addressKey(medium, from)))
      .where('state', '<>', 'unproven')
      .executeTakeFirst(),
  )
  return found !== undefined
}
