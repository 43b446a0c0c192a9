import type { Hours } from '../criteria/criteria.ts'
import { isOpen } from '../criteria/opening-hours.ts'

/** An address at which its owner wants questions, with the hours in which they want them there; null: at any. */
export interface TimedAddress {
  readonly id: string
  readonly medium: string
  readonly hours: Hours | null
}

export interface AddressVerdict {
  readonly address: string
  readonly asked: boolean
  readonly because: 'no-hours-set' | 'in-its-hours' | 'outside-its-hours'
}

/** Which of a person's addresses get a question now, in the order in which they were given. The desk shows it at any hour. */
export function addressesNow(addresses: readonly TimedAddress[], now: Date): readonly AddressVerdict[] {
  return addresses.map(({ id, hours }) => {
    if (hours === null) return { address: id, asked: true, because: 'no-hours-set' }
    return isOpen(hours, now)
      ? { address: id, asked: true, because: 'in-its-hours' }
      : { address: id, asked: false, because: 'outside-its-hours' }
  })
}
