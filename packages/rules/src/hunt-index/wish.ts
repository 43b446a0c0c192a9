import type { Clause } from './clause.ts'
import { SlotSet } from './slot-set.ts'

/**
 * One elementary thing that responders want or do not want: a topic, a word, an address pattern, a range. It is kept once, however many
 * want it, and is either met by a request or not.
 */
export class Wish {
  /** The request by which it was last met. */
  metBy = 0
  /** Where it stands among what is wanted, by clause. */
  readonly wanted: { readonly clause: Clause; slots: SlotSet }[] = []
  /** Who does not want it. */
  unwanted: SlotSet | null = null

  addUnwanted(slot: number): void {
    this.unwanted ??= new SlotSet()
    this.unwanted.add(slot)
  }

  get isUsed(): boolean {
    return this.wanted.length > 0 || this.unwanted !== null
  }
}
