import type { AccountId } from '@parley/model'
import type { Change } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

type Becoming = Extract<Change, { kind: 'become' }>

/** The tables of which rows belong to a person who turns out to be another, by the names under which a change lists them. */
const tables: Readonly<Record<string, { table: string; key: string; whose?: string }>> = {
  places: { table: 'participant', key: 'participant_id' },
  rights: { table: 'span', key: 'span_id' },
  conversations: { table: 'conversation', key: 'conversation_id', whose: 'visitor_id' },
  addresses: { table: 'address', key: 'address_id' },
  held: { table: 'held_item', key: 'held_id' },
  outside: { table: 'outside_person', key: 'person_id' },
}

/** What one person has here is another's from now on: they are one. Their browser's keys and what they said and are sent too. */
export async function becomeOne(tx: Writer, account: AccountId, change: Becoming, now: Date): Promise<void> {
  const { person, is, rows } = change
  for (const [name, ids] of Object.entries(rows)) {
    if (ids.length === 0) continue
    if (name === 'words') await moveWords(tx, account, change, ids)
    else if (name === 'letting') await letSeeAs(tx, account, change, ids)
    else if (name === 'proven') await proveFor(tx, account, change, ids, now)
    else if (name === 'keys') {
      await sql`update access_key set person_id = ${is}
        where account_id = ${account} and person_id = ${person} and encode(key_hash, 'hex') = any(${ids}::text[])`.execute(
        tx,
      )
    } else {
      const found = tables[name]
      if (!found) throw new Error(`nobody has ${name}`)
      const whose = sql.ref(found.whose ?? 'person_id')
      await sql`update ${sql.table(found.table)} set ${whose} = ${is}
        where account_id = ${account} and ${sql.ref(found.key)} = any(${ids}::uuid[]) and ${whose} = ${person}`.execute(
        tx,
      )
    }
  }
}

/**
 * What was said in these places, the addresses of ours that stand for them, and what is on its way to them. A window that repeats what it
 * does not know to be durable names it with who it speaks for: the key moves with the words, so that they stand once.
 */
async function moveWords(tx: Writer, account: AccountId, { person, is }: Becoming, places: readonly string[]) {
  const inside = sql`(select interaction_id from participant where account_id = ${account} and participant_id = any(${places}::uuid[]))`
  const [was, now] = [person, is].map((id) => Buffer.from(id.replaceAll('-', ''), 'hex'))
  await sql`update message m set person_id = ${is},
      key = case when substring(m.key from 17) = ${was}::bytea then substring(m.key for 16) || ${now}::bytea else m.key end
    from placement p where p.account_id = ${account} and p.interaction_id in ${inside} and m.account_id = p.account_id
      and m.message_id = p.message_id and m.person_id = ${person} and m.participant_id = any(${places}::uuid[])`.execute(
    tx,
  )
  await sql`update relay_address set person_id = ${is}
    where account_id = ${account} and participant_id = any(${places}::uuid[]) and person_id = ${person}`.execute(tx)
  await sql`update delivery set person_id = ${is} where account_id = ${account} and person_id = ${person}
    and conversation_id in (select conversation_id from participant where account_id = ${account}
      and participant_id = any(${places}::uuid[])) and participant_id = any(${places}::uuid[])`.execute(tx)
  await sql`update lane set person_id = ${is}
    where account_id = ${account} and owner_id = any(${places}::uuid[]) and person_id = ${person}`.execute(tx)
}

/** Addresses that the other had proven, and that the one had only named. When they are two again, they have only named them again. */
async function proveFor(tx: Writer, account: AccountId, { person, is }: Becoming, ids: readonly string[], now: Date) {
  await sql`update address set state = case when person_id = ${is} then 'proven' else 'unproven' end,
      proven_at = case when person_id = ${is} then ${now}::timestamptz end
    where account_id = ${account} and address_id = any(${ids}::uuid[]) and person_id in (${person}, ${is})`.execute(tx)
}

/** Where one of them lets those who answer see each other, it is the other who does, and as far as that one may read. */
async function letSeeAs(tx: Writer, account: AccountId, { person, is }: Becoming, conversations: readonly string[]) {
  await sql`update conversation set lets_see = jsonb_set(lets_see, '{by}', to_jsonb(${is}::text))
    where account_id = ${account} and conversation_id = any(${conversations}::uuid[])
      and lets_see->>'by' = ${person}`.execute(tx)
}
