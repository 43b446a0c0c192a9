import type { AccountId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { hashedMark, type Writer } from '../../db/index.ts'
import { sealedAddress } from '../../people/index.ts'

/** What somebody is reached at, and by which they are found: under their own key. */
export async function sealAddresses(tx: Writer, account: AccountId, person: PersonId): Promise<void> {
  const open = await tx
    .selectFrom('address')
    .select(['address_id', 'value', 'value_key'])
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('value_key', 'not like', `${hashedMark}%`)
    .execute()
  for (const { address_id, value, value_key: key } of open) {
    const sealed = await sealedAddress(tx, { person, address: address_id, value, key })
    await tx
      .updateTable('address')
      .set(sealed)
      .where('account_id', '=', account)
      .where('address_id', '=', address_id)
      .execute()
    await sql`update relay_address set peer_key = ${sealed.value_key}
      where account_id = ${account} and person_id = ${person} and peer_key = ${key}`.execute(tx)
    await sql`update held_item set sender_key = ${sealed.value_key}
      where account_id = ${account} and person_id = ${person} and sender_key = ${key}`.execute(tx)
    // Where nobody else has the address: theirs are found by it as it is.
    await sql`update consent set value_key = ${sealed.value_key} where account_id = ${account} and value_key = ${key}
      and not exists (select from address a where a.account_id = ${account} and a.value_key = ${key})`.execute(tx)
    await sql`update opt_out set value_key = ${sealed.value_key} where account_id = ${account} and value_key = ${key}
      and not exists (select from address a where a.account_id = ${account} and a.value_key = ${key})`.execute(tx)
  }
}
