import type { AccountId, PersonId } from '@parley/model'
import type { SamePerson } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../../db/index.ts'

interface Found {
  kinds: string[]
  addresses: string[]
  proven: string[]
  keys: string[]
  held: string[]
  outside: string[]
}

/**
 * What a visitor has besides places and rights, as another's to be: addresses that the other has not got, those of theirs that this one has
 * proven, keys that still open something, what is held, and by what name a program calls them. Null where they are not both visitors, or one was erased.
 */
export async function samePersonRows(
  tx: Writer,
  account: AccountId,
  { person, is, now }: { person: PersonId; is: PersonId; now: Date },
): Promise<SamePerson | null> {
  const { rows } = await sql<Found>`
    select array(select kind from person where account_id = ${account} and person_id in (${person}, ${is})
        and erased_at is null) as kinds,
      array(select a.address_id::text from address a where a.account_id = ${account} and a.person_id = ${person} and not exists (
        select from address o where o.account_id = a.account_id and o.person_id = ${is} and o.medium = a.medium
          and o.value_key = a.value_key)) as addresses,
      array(select o.address_id::text from address a join address o on o.account_id = a.account_id and o.person_id = ${is}
          and o.medium = a.medium and o.value_key = a.value_key and o.state = 'unproven'
        where a.account_id = ${account} and a.person_id = ${person} and a.state = 'proven') as proven,
      array(select encode(key_hash, 'hex') from access_key
        where account_id = ${account} and person_id = ${person} and expires_at > ${now}) as keys,
      array(select held_id::text from held_item
        where account_id = ${account} and person_id = ${person} and state = 'waiting') as held,
      array(select person_id::text from outside_person o where account_id = ${account} and person_id = ${person} and not exists (
        select from outside_person x where x.account_id = o.account_id and x.person_id = ${is})) as outside`.execute(tx)
  const [found] = rows
  if (found?.kinds.length !== 2 || found.kinds.includes('responder')) return null
  const { kinds: _, ...named } = found
  return named
}
