import type { AccountId, AddressId, PersonId } from '@parley/model'
import type { Hours } from '@parley/rules'
import type { Writer } from '../db/index.ts'
import { listAddresses } from './addresses.ts'

export interface AddressChange {
  /** Are new questions wanted there? */
  readonly offers?: boolean
  /** Counted from 0; the others make room. */
  readonly position?: number
  /** When anything is wanted there; null: at any hour. */
  readonly hours?: Hours | null
}

/** What somebody wishes of an address of theirs. Answers false when it is not theirs. */
export async function changeAddress(
  tx: Writer,
  { account, person, address }: { account: AccountId; person: PersonId; address: AddressId },
  change: AddressChange,
): Promise<boolean> {
  const own = await listAddresses(tx, account, person)
  const changed = own.find(({ id }) => id === address)
  if (!changed) return false
  const { offers, hours } = change
  if (offers !== undefined || hours !== undefined) {
    await tx
      .updateTable('address')
      .set({
        ...(offers === undefined ? {} : { offers }),
        ...(hours === undefined ? {} : { hours: hours === null ? null : JSON.stringify(hours) }),
      })
      .where('account_id', '=', account)
      .where('address_id', '=', address)
      .execute()
  }
  if (change.position !== undefined) {
    const rest = own.filter(({ id }) => id !== address)
    rest.splice(change.position, 0, changed)
    for (const [position, { id }] of rest.entries()) {
      await tx
        .updateTable('address')
        .set({ position })
        .where('account_id', '=', account)
        .where('address_id', '=', id as AddressId)
        .execute()
    }
  }
  return true
}
