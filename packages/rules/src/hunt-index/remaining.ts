import { type Bits, bitsIn, clearBit, eachSlotIn, hasBit, type SlotSet, wordsFor } from './slot-set.ts'

/** Of the words of all slots every so many-th is looked at to guess how many are left. */
const sampled = 16
/** With so few left for each word, looking at each of them costs less than looking at each word. */
const fewForEachWord = 0.25
/** Asking each of more sets than these whether it holds somebody costs more than joining them first. */
const fewSets = 4

/**
 * Those who are still in question while a request is looked up: a bit for each slot, and a list besides as soon as they are few, so that
 * what comes later costs as much as they are. It is used again for the next request.
 */
export class Remaining {
  #bits: Bits = new Uint32Array(0)
  /** All zero between two uses. */
  #scratch: Bits = new Uint32Array(0)
  #list: number[] | null = null

  /** Begin with all of these. */
  start(live: Bits, slots: number): void {
    const words = wordsFor(slots)
    if (this.#bits.length !== words) {
      this.#bits = new Uint32Array(words)
      this.#scratch = new Uint32Array(words)
    }
    this.#bits.set(live.subarray(0, words))
    this.#list = null
  }

  /** Only these may stay. */
  keep(those: Bits): void {
    const bits = this.#bits
    for (let word = 0; word < bits.length; word += 1) bits[word] = (bits[word] ?? 0) & (those[word] ?? 0)
    this.#narrow()
  }

  /** None of these may stay. */
  take(those: Bits): void {
    const bits = this.#bits
    if (this.#list) {
      for (const slot of this.#list) if (hasBit(those, slot)) clearBit(bits, slot)
      return
    }
    const end = Math.min(bits.length, those.length)
    for (let word = 0; word < end; word += 1) bits[word] = (bits[word] ?? 0) & ~(those[word] ?? 0)
    this.#narrow()
  }

  takeSet(those: SlotSet): void {
    if (those.bits) this.take(those.bits)
    else those.takeFrom(this.#bits)
  }

  /** Of those in `bound` only who is in one of `kept` may stay. All of `kept` are parts of `bound`. */
  keepOnly(bound: SlotSet, kept: readonly SlotSet[]): void {
    if (kept.length === 0) this.takeSet(bound)
    else if (this.#list && kept.length <= fewSets && this.#list.length < bound.count / (bound.bits ? 1 : 16)) {
      for (const slot of this.#list) {
        if (bound.has(slot) && !kept.some((each) => each.has(slot))) clearBit(this.#bits, slot)
      }
    } else this.#keepJoined(bound, kept)
  }

  /** Those who are left: a list when they are few, else their bits, which are the caller's to keep. */
  end(): number[] | Bits {
    if (!this.#list) return this.#bits.slice()
    return this.#list.filter((slot) => hasBit(this.#bits, slot))
  }

  #keepJoined(bound: SlotSet, kept: readonly SlotSet[]): void {
    const bits = this.#bits
    const boundBits = bound.bits
    const only = kept.length === 1 ? kept[0]?.bits : null
    const joined = only ?? this.#scratch
    if (!only) for (const each of kept) each.addTo(joined)
    if (!boundBits) bound.takeMissingFrom(bits, joined)
    else if (this.#list) {
      for (const slot of this.#list) if (hasBit(boundBits, slot) && !hasBit(joined, slot)) clearBit(bits, slot)
    } else {
      const end = Math.min(boundBits.length, bits.length)
      for (let word = 0; word < end; word += 1) {
        bits[word] = (bits[word] ?? 0) & ((joined[word] ?? 0) | ~(boundBits[word] ?? 0))
      }
      this.#narrow()
    }
    if (only) return
    if (kept.some((each) => each.bits)) joined.fill(0)
    else for (const each of kept) each.takeFrom(joined)
  }

  #narrow(): void {
    const bits = this.#bits
    let guess = 0
    for (let word = 0; word < bits.length; word += sampled) guess += bitsIn(bits[word] ?? 0)
    if (guess * sampled < bits.length * fewForEachWord) this.#list = listOf(bits)
  }
}

function listOf(bits: Bits): number[] {
  const list: number[] = []
  eachSlotIn(bits, (slot) => list.push(slot))
  return list
}
