import { SlotSet } from './slot-set.ts'
import type { Wish } from './wish.ts'
import type { Subject } from './wishes.ts'

/**
 * What has to be looked at together: the n-th condition about something of everyone who has an n-th one, or the `any` of everyone whose
 * `any` is about the same things. It binds a request only if all that it is about is known. Whoever is bound by it and has none of
 * the wishes that the request meets does not match.
 */
export class Clause {
  readonly subjects: readonly Subject[]
  /** Everyone who has such a condition. */
  bound: SlotSet = new SlotSet()
  /** The request that is looked at, and what of this clause it meets. */
  askedBy = 0
  met: SlotSet[] = []
  readonly #slotsByWish = new Map<Wish, { clause: Clause; slots: SlotSet }>()

  constructor(subjects: readonly Subject[]) {
    this.subjects = subjects
  }

  /** How many it takes away at most, given what is met. */
  get mayTake(): number {
    let kept = 0
    for (const { count } of this.met) kept += count
    return this.bound.count - kept
  }

  add(slot: number, wishes: readonly Wish[]): void {
    this.bound.add(slot)
    for (const wish of wishes) this.#slotsOf(wish).add(slot)
  }

  /** After slots were given out anew. What nobody wants any more is taken out of its wish. */
  renumber(renumbered: Int32Array): void {
    this.bound = this.bound.renumber(renumbered)
    for (const [wish, posting] of this.#slotsByWish) {
      posting.slots = posting.slots.renumber(renumbered)
      if (posting.slots.count > 0) continue
      this.#slotsByWish.delete(wish)
      wish.wanted.splice(wish.wanted.indexOf(posting), 1)
    }
  }

  #slotsOf(wish: Wish): SlotSet {
    let posting = this.#slotsByWish.get(wish)
    if (!posting) {
      posting = { clause: this, slots: new SlotSet() }
      this.#slotsByWish.set(wish, posting)
      wish.wanted.push(posting)
    }
    return posting.slots
  }
}
