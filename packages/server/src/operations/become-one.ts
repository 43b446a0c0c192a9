import type { AccountId } from '@parley/model'
import type { Change } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/** The tables of which rows belong to a person who turns out to be another, by the names under which a change lists them. */
const tables: Readonly<Record<string, { table: string; key: string }>> = {
  places: { table: 'participant', key: 'participant_id' },
  rights: { table: 'span', key: 'span_id' },
  addresses: { table: 'address', key: 'address_id' },
  relays: { table: 'relay_address', key: 'relay_id' },
  messages: { table: 'message', key: 'message_id' },
  deliveries: { table: 'delivery', key: 'delivery_id' },
  lanes: { table: 'lane', key: 'lane_id' },
  held: { table: 'held_item', key: 'held_id' },
}

/** What one person has here is another's from now on: they are one. Their browser's keys and what they began too. */
export async function becomeOne(
  tx: Writer,
  account: AccountId,
  { person, is, rows }: Extract<Change, { kind: 'become' }>,
): Promise<void> {
  for (const [name, ids] of Object.entries(rows)) {
    if (name === 'keys') {
      await sql`update access_key set person_id = ${is}
        where account_id = ${account} and person_id = ${person} and encode(key_hash, 'hex') = any(${ids}::text[])`.execute(
        tx,
      )
      continue
    }
    const found = tables[name]
    if (!found) throw new Error(`nobody has ${name}`)
    await sql`update ${sql.table(found.table)} set person_id = ${is}
      where account_id = ${account} and ${sql.ref(found.key)} = any(${ids}::uuid[])`.execute(tx)
  }
}
