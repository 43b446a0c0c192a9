/** A set of slots, one bit each, in words of 32. */
export type Bits = Uint32Array<ArrayBuffer>

export const wordsFor = (slots: number): number => (slots + 31) >>> 5

/** Short lists are plain arrays: a typed array costs some 200 bytes before it holds anything. */
const longFrom = 48

/**
 * Some of the slots of an index: a list while they are few, one bit for each slot of the index once that is smaller. Slots are only ever
 * added, in rising order, so that a list stays sorted.
 */
export class SlotSet {
  #list: number[] | Bits | null = []
  #bits: Bits | null = null
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Its bits, where it is held as such; shorter than others where nobody in it has a later slot. */
  get bits(): Bits | null {
    return this.#bits
  }

  /** Adding the last one again changes nothing. */
  add(slot: number): void {
    if (this.#bits) this.#addBit(this.#bits, slot)
    else this.#append(slot)
  }

  /** Sets the bit of each. */
  addTo(target: Bits): void {
    const bits = this.#bits
    if (bits) {
      const end = Math.min(bits.length, target.length)
      for (let word = 0; word < end; word += 1) target[word] = (target[word] ?? 0) | (bits[word] ?? 0)
      return
    }
    const list = this.#list ?? []
    const count = this.#count
    for (let n = 0; n < count; n += 1) setBit(target, list[n] ?? 0)
  }

  /** Clears the bit of each. */
  takeFrom(target: Bits): void {
    const bits = this.#bits
    if (bits) {
      const end = Math.min(bits.length, target.length)
      for (let word = 0; word < end; word += 1) target[word] = (target[word] ?? 0) & ~(bits[word] ?? 0)
      return
    }
    const list = this.#list ?? []
    const count = this.#count
    for (let n = 0; n < count; n += 1) clearBit(target, list[n] ?? 0)
  }

  /** Clears in `target` the bit of each that is not in `kept`. For a list: with bits one goes word by word. */
  takeMissingFrom(target: Bits, kept: Bits): void {
    const list = this.#list ?? []
    const count = this.#count
    for (let n = 0; n < count; n += 1) if (!hasBit(kept, list[n] ?? 0)) clearBit(target, list[n] ?? 0)
  }

  has(slot: number): boolean {
    if (this.#bits) return hasBit(this.#bits, slot)
    const list = this.#list ?? []
    let [from, to] = [0, this.#count]
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((list[middle] ?? 0) < slot) from = middle + 1
      else to = middle
    }
    return from < this.#count && list[from] === slot
  }

  /** The same set after slots were given out anew; `renumbered` has a negative number for those that are gone. */
  renumber(renumbered: Int32Array): SlotSet {
    const result = new SlotSet()
    const keep = (slot: number) => {
      const now = renumbered[slot] ?? -1
      if (now >= 0) result.add(now)
    }
    const bits = this.#bits
    if (bits) eachSlotIn(bits, keep)
    else for (let n = 0; n < this.#count; n += 1) keep(this.#list?.[n] ?? 0)
    return result
  }

  *[Symbol.iterator](): Iterator<number> {
    if (this.#bits) yield* slotsIn(this.#bits)
    else for (let n = 0; n < this.#count; n += 1) yield this.#list?.[n] ?? 0
  }

  #append(slot: number): void {
    let list = this.#list ?? []
    if (this.#count > 0 && list[this.#count - 1] === slot) return
    if (this.#count >= longFrom && this.#count > slot >>> 5) {
      this.#toBits(slot)
      return
    }
    if (Array.isArray(list) && this.#count >= longFrom) list = Uint32Array.from(list)
    if (!Array.isArray(list) && this.#count === list.length) list = lengthened(list, list.length + 1)
    if (Array.isArray(list)) list.push(slot)
    else list[this.#count] = slot
    this.#list = list
    this.#count += 1
  }

  #addBit(bits: Bits, slot: number): void {
    const word = slot >>> 5
    const held = bits[word] ?? 0
    const bit = 1 << (slot & 31)
    if ((held & bit) !== 0) return
    if (word >= bits.length) {
      // An index that has grown a great deal since makes a list the smaller of the two again.
      if (word > 4 * this.#count) {
        this.#toList(slot)
        return
      }
      this.#bits = lengthened(bits, word + 1)
    }
    if (this.#bits) this.#bits[word] = held | bit
    this.#count += 1
  }

  #toBits(next: number): void {
    const bits: Bits = new Uint32Array((next >>> 5) + 1)
    this.addTo(bits)
    this.#list = null
    this.#bits = bits
    this.add(next)
  }

  #toList(next: number): void {
    const list = [...this]
    this.#bits = null
    this.#list = list.length >= longFrom ? Uint32Array.from(list) : list
    this.#append(next)
  }
}

/** Calls for every slot whose bit is set, rising. */
export function eachSlotIn(bits: Bits, call: (slot: number) => void): void {
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) call((word << 5) + 31 - Math.clz32(rest & -rest))
  }
}

/** The slots whose bit is set, rising; for those who may stop. */
export function* slotsIn(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) yield (word << 5) + 31 - Math.clz32(rest & -rest)
  }
}

export function countBits(bits: Bits): number {
  let count = 0
  for (let word = 0; word < bits.length; word += 1) count += bitsIn(bits[word] ?? 0)
  return count
}

export function hasBit(bits: Bits, slot: number): boolean {
  return ((bits[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0
}

export function setBit(bits: Bits, slot: number): void {
  bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
}

export function clearBit(bits: Bits, slot: number): void {
  bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) & ~(1 << (slot & 31))
}

/** How many bits of a word are set, by adding up pairs, fours and eights side by side. */
export function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The same with room for more: a fifth above what is asked for, so that growing by one does not copy each time. */
export function lengthened(bits: Bits, length: number): Bits {
  const longer: Bits = new Uint32Array(Math.ceil(length * 1.2))
  longer.set(bits)
  return longer
}
