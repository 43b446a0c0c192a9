import type { Receipt } from '@parley/channel-sdk'
import { type AddressId, minutes, type PersonId } from '@parley/model'
import { addressKey } from '@parley/rules'
import { sql } from 'kysely'
import { keyForms, type Writer } from '../db/index.ts'
import { enqueue, namePlaces } from '../delivery/index.ts'
import { holdUntilTold } from '../held/index.ts'
import type { ChosenPlace } from './choose-place.ts'
import type { ReceiveParts } from './receive.ts'
import type { AtOwn } from './receive-at-own.ts'

/** While a question waits for its answer it is not put again for every line that somebody writes. */
const patienceMs = minutes(10)
/** A day: two machines that misunderstand each other end here. */
const mostTimes = 6

/**
 * Keeps what could be meant for several of the sender's places and asks over the same medium which of them it is for (A8). A tag that is
 * none is asked about again; nothing is kept of it where nothing stood behind it.
 */
export async function askWhich(
  parts: ReceiveParts,
  at: AtOwn,
  sender: { person: PersonId; address: AddressId },
  { among, isWrongTag, isAlone, isPeople }: Extract<ChosenPlace, { kind: 'ask' }>,
): Promise<Receipt> {
  const isEmpty = isAlone && at.inbound.attachments.length === 0
  if (!isEmpty) {
    const key = addressKey(at.medium, at.inbound.from.address)
    const kept = await holdUntilTold(parts, { ...at, person: sender.person, sender: key })
    if (!kept) return { outcome: 'refused', because: 'too-many', text: 'Too much is held already.' }
  }
  const places = namePlaces(among.map(({ relay }) => relay.relay))
  const now = parts.clock.now()
  await parts.db.write(at.own.account, async (tx) => {
    if (await mayAsk(tx, at, isWrongTag, now)) {
      const template = isPeople ? 'which-person' : isWrongTag ? 'which-one-again' : 'which-one'
      await tell(tx, at, sender, { template, params: { places, tag: among[0]?.tag ?? '' } }, now)
    }
  })
  return isEmpty ? { outcome: 'noted', because: 'which-one' } : { outcome: 'held' }
}

/** Tell somebody who wrote to an address of ours something that belongs to none of their places, from that same address. */
export async function tellAtOwn(
  parts: ReceiveParts,
  at: Pick<AtOwn, 'own' | 'medium'>,
  to: { person: PersonId; address: AddressId },
  template: string,
  params: Record<string, string> = {},
): Promise<void> {
  await parts.db.write(at.own.account, (tx) => tell(tx, at, to, { template, params }, parts.clock.now()))
}

/** The question was answered: the next one is put at once. */
export async function noteAnswered(tx: Writer, at: AtOwn): Promise<void> {
  await tx
    .updateTable('which_asked')
    .set({ asked_at: null })
    .where('account_id', '=', at.own.account)
    .where('own_address_id', '=', at.own.ownAddress)
    .where('sender_key', '=', askedKey(tx, at))
    .execute()
}

/** By whom they were asked is kept as a keyed hash where there are keys: it is counted, and never read. */
function askedKey(tx: Writer, { medium, inbound }: AtOwn): string {
  const key = addressKey(medium, inbound.from.address)
  return keyForms(tx, key).at(-1) ?? key
}

async function mayAsk(tx: Writer, at: AtOwn, isWrongTag: boolean, now: Date): Promise<boolean> {
  const { account, ownAddress } = at.own
  const dayAgo = new Date(now.getTime() - minutes(24 * 60))
  const answeredBefore = new Date(now.getTime() - patienceMs)
  const { rows } = await sql`
    insert into which_asked (account_id, own_address_id, sender_key, asked_at, times, since)
    values (${account}, ${ownAddress}, ${askedKey(tx, at)}, ${now}, 1, ${now})
    on conflict (account_id, own_address_id, sender_key) do update set asked_at = excluded.asked_at,
      times = case when which_asked.since < ${dayAgo} then 1 else which_asked.times + 1 end,
      since = case when which_asked.since < ${dayAgo} then excluded.since else which_asked.since end
    where (which_asked.since < ${dayAgo} or which_asked.times < ${mostTimes})
      and (${isWrongTag} or which_asked.asked_at is null or which_asked.asked_at < ${answeredBefore})
    returning 1`.execute(tx)
  return rows.length > 0
}

export async function tell(
  tx: Writer,
  { own, medium }: Pick<AtOwn, 'own' | 'medium'>,
  { person, address }: { person: PersonId; address: AddressId },
  notice: { template: string; params: Record<string, string> },
  now: Date,
): Promise<void> {
  const nowhere = { conversation: null, interaction: null, participant: null, relay: null }
  const to = { account: own.account, owner: person, person, address, medium, own: own.ownAddress }
  await enqueue(tx, [{ ...to, ...nowhere, what: { kind: 'notice', notice } }], now)
}
