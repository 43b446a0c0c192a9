import type { Receipt } from '@parley/channel-sdk'
import { type AddressId, hours, type OfferId, type PersonId } from '@parley/model'
import { addressKey, type ConsentWord } from '@parley/rules'
import { sql } from 'kysely'
import { keyForms, type Reader, type Writer } from '../db/index.ts'
import { findOfferIn, takeOfferCommand, wakeHunts } from '../hunting/index.ts'
import { lockSender, makeSender } from '../starting/index.ts'
import { tell } from './ask-which.ts'
import type { ReceiveParts } from './receive.ts'
import type { AtOwn } from './receive-at-own.ts'

/** In an hour: two machines that ask each other who they are end here. */
const mostHelp = 3

/**
 * Somebody takes back their consent to be written to at their address, gives it again, or asks who writes. Kept with when and by which words,
 * done once however often it arrives, and confirmed over the same number. Nothing else goes to an address whose consent was taken back:
 * the outbox sees to that. Null when the word means nothing here, and is something said.
 */
export async function takeConsent(parts: ReceiveParts, own: AtOwn, word: ConsentWord): Promise<Receipt | null> {
  const at = { ...own, sender: await parts.db.read(own.own.account, (reader) => senderKey(reader, own)) }
  const done = await parts.db.write(at.own.account, async (tx) => {
    await lockSender(tx, at.own.account, senderOf(at))
    const isOut = await isOptedOut(tx, at)
    if (word === 'start' && !isOut && !(await wasTaken(tx, at))) return null
    if (!(await note(tx, parts, at, word))) return 'duplicate'
    if (word === 'stop') await stop(tx, parts, at)
    else if (word === 'start') await start(tx, parts, at)
    else if (!isOut && (await mayHelp(tx, parts, at))) await confirm(tx, parts, at, 'who-this-is')
    return word
  })
  if (done === null) return null
  // Whoever wants nothing more answers no question: the next are asked. Done again when it arrives again, for what a crash left open.
  if (word === 'stop') await declineAll(parts, at)
  return done === 'duplicate' ? { outcome: 'duplicate' } : { outcome: 'noted', because: done }
}

async function stop(tx: Writer, parts: ReceiveParts, at: Consenting): Promise<void> {
  const { account } = at.own
  const key = at.sender
  const now = parts.clock.now()
  // First of all, and in their order, as everything locks them that goes along the road (settled 6).
  await sql`
    select 1 from conversation where account_id = ${account} and conversation_id in (
      select p.conversation_id from participant p join address a on a.account_id = p.account_id and a.address_id = p.address_id
      where a.account_id = ${account} and a.medium = ${at.medium} and a.value_key = ${key})
    order by conversation_id for update`.execute(tx)
  const { rows } = await sql<{ person_id: PersonId }>`
    with new as (
      insert into opt_out (account_id, medium, value_key, since) values (${account}, ${at.medium}, ${key}, ${now})
      on conflict do nothing returning account_id
    ), paused as (
      update responder r set state = 'paused' from new, address a where r.account_id = new.account_id and r.state = 'active'
        and a.account_id = r.account_id and a.person_id = r.person_id and a.medium = ${at.medium} and a.value_key = ${key}
        and a.state <> 'unproven'
      returning r.person_id
    ) select person_id from paused union all select null from new`.execute(tx)
  // They had stopped before, and were told so.
  if (rows.length === 0) return
  const paused = rows.flatMap(({ person_id }) => (person_id === null ? [] : [person_id]))
  await tx
    .updateTable('opt_out')
    .set({ paused })
    .where('account_id', '=', account)
    .where('medium', '=', at.medium)
    .where('value_key', '=', key)
    .execute()
  // Their window stays: what is said to them waits there.
  await sql`
    with moved as (
      update participant p set medium = 'web', address_id = null from address a, person v
      where a.account_id = ${account} and a.medium = ${at.medium} and a.value_key = ${key}
        and p.account_id = a.account_id and p.address_id = a.address_id
        and v.account_id = p.account_id and v.person_id = p.person_id and v.kind = 'visitor'
      returning p.conversation_id)
    update conversation set structure = structure + 1
    where account_id = ${account} and conversation_id in (select conversation_id from moved)`.execute(tx)
  await confirm(tx, parts, at, 'opted-out')
}

async function start(tx: Writer, parts: ReceiveParts, at: Consenting): Promise<void> {
  const now = parts.clock.now()
  const ended = await tx
    .deleteFrom('opt_out')
    .where('account_id', '=', at.own.account)
    .where('medium', '=', at.medium)
    .where('value_key', '=', at.sender)
    .returning('paused')
    .executeTakeFirst()
  if (ended && ended.paused.length > 0) {
    await tx
      .updateTable('responder')
      .set({ state: 'active' })
      .where('account_id', '=', at.own.account)
      .where('person_id', 'in', ended.paused)
      .where('state', '=', 'paused')
      .execute()
    await wakeHunts(tx, at.own.account, now)
  }
  await confirm(tx, parts, at, 'opted-in')
}

/** Questions that are open for whoever stopped are declined, as by the word for it; that they are paused is told once and for all of them. */
async function declineAll(parts: ReceiveParts, at: Consenting): Promise<void> {
  const { account } = at.own
  const offers = await parts.db.read(account, (reader) =>
    sql<{ offer: OfferId }>`
      select o.offer_id as offer from offer o
      join responder r on r.account_id = o.account_id and r.person_id = o.person_id and r.state = 'paused'
      join address a on a.account_id = o.account_id and a.person_id = o.person_id and a.medium = ${at.medium}
        and a.value_key = ${at.sender} and a.state <> 'unproven'
      where o.account_id = ${account} and o.state in ('open', 'waiting') order by o.offer_id`.execute(reader),
  )
  for (const { offer } of offers.rows) {
    const via = { medium: at.medium, address: null }
    const wanted = { account, offer, via, command: { kind: 'pause' }, key: at.key } as const
    await takeOfferCommand(parts.road, wanted, findOfferIn(parts.db))
  }
}

async function confirm(tx: Writer, parts: ReceiveParts, at: Consenting, template: string): Promise<void> {
  const known = await findAddress(tx, at)
  const to = known ?? (await stranger(tx, parts, at))
  if (to) await tell(tx, at, to, { template, params: {} }, parts.clock.now())
}

async function findAddress(tx: Writer, at: Consenting): Promise<{ person: PersonId; address: AddressId } | undefined> {
  return tx
    .selectFrom('address')
    .select(['person_id as person', 'address_id as address'])
    .where('account_id', '=', at.own.account)
    .where('medium', '=', at.medium)
    .where('value_key', '=', at.sender)
    .orderBy('state')
    .orderBy('created_at')
    .executeTakeFirst()
}

/** Whoever is answered is somebody: bounded as those are who begin something. */
async function stranger(tx: Writer, parts: ReceiveParts, at: Consenting) {
  const { account, site } = at.own
  if (!site || !parts.mayBegin(`${at.medium} ${at.sender}`, site)) return null
  return makeSender(tx, { account, site, sender: senderOf(at), language: 'en' }, parts.clock.now())
}

/** False when the same thing was noted before. */
async function note(tx: Writer, parts: ReceiveParts, at: Consenting, kind: ConsentWord): Promise<boolean> {
  const { rows } = await sql`
    insert into consent (account_id, consent_id, medium, value_key, kind, words, key, at)
    values (${at.own.account}, gen_random_uuid(), ${at.medium}, ${at.sender}, ${kind},
      ${at.inbound.said.visible.slice(0, 100)}, ${at.key}, ${parts.clock.now()})
    on conflict (account_id, key) do nothing returning 1`.execute(tx)
  return rows.length > 0
}

async function mayHelp(tx: Writer, parts: ReceiveParts, at: Consenting): Promise<boolean> {
  const { count } = await tx
    .selectFrom('consent')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', at.own.account)
    .where('medium', '=', at.medium)
    .where('value_key', '=', at.sender)
    .where('kind', '=', 'help')
    .where('at', '>', new Date(parts.clock.now().getTime() - hours(1)))
    .executeTakeFirstOrThrow()
  return count <= mostHelp
}

async function isOptedOut(tx: Writer, at: Consenting): Promise<boolean> {
  const found = await tx
    .selectFrom('opt_out')
    .select('since')
    .where('account_id', '=', at.own.account)
    .where('medium', '=', at.medium)
    .where('value_key', '=', at.sender)
    .executeTakeFirst()
  return found !== undefined
}

async function wasTaken(tx: Writer, at: Consenting): Promise<boolean> {
  const found = await tx
    .selectFrom('consent')
    .select('at')
    .where('account_id', '=', at.own.account)
    .where('key', '=', at.key)
    .executeTakeFirst()
  return found !== undefined
}

const senderOf = ({ medium, inbound }: AtOwn) => ({
  medium,
  address: inbound.from.address,
  isProven: inbound.from.standing === 'proven',
})

/** At which number, by the key under which it is known here. */
type Consenting = AtOwn & { readonly sender: string }

async function senderKey(reader: Reader, { own, medium, inbound }: AtOwn): Promise<string> {
  const key = addressKey(medium, inbound.from.address)
  const forms = keyForms(reader, key)
  const { rows } = await sql<{ key: string }>`
    select value_key as key from address where account_id = ${own.account} and medium = ${medium} and value_key = any(${forms}::text[])
    union select value_key from opt_out where account_id = ${own.account} and medium = ${medium} and value_key = any(${forms}::text[])
   `.execute(reader)
  return rows.find((row) => row.key !== key)?.key ?? key
}
