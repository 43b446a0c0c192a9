import type { Database } from '../db/index.ts'
import type { AddressParts } from '../people/index.ts'

/** What operations are given besides their turns. */
export interface OperationContext {
  readonly db: Database
  /** Own domains and channels: where somebody from outside can be reached. */
  readonly addresses: AddressParts
}
