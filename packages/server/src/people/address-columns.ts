import type { AccountId, AddressId, PersonId } from '@parley/model'
import { mayBeSealed } from '../attachments/index.ts'
import { keyForms, sealingOf, type Writer } from '../db/index.ts'

/**
 * An address as it is written: of a visitor who may have something sealed, its value under their own key, and what it is found by as a
 * keyed hash.
 */
export async function addressColumns(
  tx: Writer,
  of: { account: AccountId; person: PersonId; address: AddressId; value: string; key: string },
): Promise<{ value: string; value_key: string }> {
  const { account, person, value, key } = of
  const visitor = await tx
    .selectFrom('person')
    .select('person_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('kind', '=', 'visitor')
    .executeTakeFirst()
  if (!visitor || !(await mayBeSealed(tx, account, person))) return { value, value_key: key }
  return sealedAddress(tx, of)
}

export async function sealedAddress(
  tx: Writer,
  of: { person: PersonId; address: AddressId; value: string; key: string },
): Promise<{ value: string; value_key: string }> {
  const { person, address, value, key } = of
  const { account, values } = sealingOf(tx)
  const place = { table: 'address', column: 'value', row: address }
  return {
    value: await values.seal(account, { person }, place, { text: value }),
    value_key: keyForms(tx, key).at(-1) ?? key,
  }
}
