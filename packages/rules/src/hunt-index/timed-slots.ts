import { type Bits, lengthened, SlotSet, setBit, wordsFor } from './slot-set.ts'

/** How something stands at an instant, and until when that surely stays so (milliseconds). */
export interface Standing {
  readonly isBlocked: boolean
  readonly until: number
}

interface Timed<Value> {
  readonly value: Value
  slots: SlotSet
  isBlocked: boolean
  /** It has stood so since; it may be otherwise before. */
  since: number
  until: number
}

/**
 * Who may not be asked at the moment because of the time: each different value (hours, spans of absence) is looked at once for all who
 * share it, and again only when it may have changed. Time may go back.
 */
export class TimedSlots<Value> {
  readonly #byText = new Map<string, Timed<Value>>()
  /** By `until`, the next at the top. */
  #queue: Timed<Value>[] = []
  #latestSince = Number.NEGATIVE_INFINITY
  #blocked: Bits = new Uint32Array(0)
  readonly #standing: (value: Value, atMs: number) => Standing

  constructor(standing: (value: Value, atMs: number) => Standing) {
    this.#standing = standing
  }

  add(slot: number, value: Value): void {
    const text = JSON.stringify(value)
    let timed = this.#byText.get(text)
    if (!timed) {
      const never = Number.NEGATIVE_INFINITY
      timed = { value, slots: new SlotSet(), isBlocked: false, since: never, until: never }
      this.#byText.set(text, timed)
      this.#queue.push(timed)
      rise(this.#queue, this.#queue.length - 1)
    }
    timed.slots.add(slot)
    if (slot >>> 5 >= this.#blocked.length) this.#blocked = lengthened(this.#blocked, (slot >>> 5) + 1)
    if (timed.isBlocked) setBit(this.#blocked, slot)
  }

  /** The bits of those who may not be asked at this instant. */
  blockedAt(nowMs: number): Bits {
    if (nowMs < this.#latestSince) this.#goBack(nowMs)
    for (let next = this.#queue[0]; next && next.until <= nowMs; next = this.#queue[0]) {
      this.#goOn(next, nowMs)
      sink(this.#queue, 0)
    }
    return this.#blocked
  }

  /** After slots were given out anew: so many as `used`. */
  renumber(renumbered: Int32Array, used: number): void {
    for (const [text, timed] of this.#byText) {
      timed.slots = timed.slots.renumber(renumbered)
      if (timed.slots.count === 0) this.#byText.delete(text)
    }
    this.#queue = this.#queue.filter(({ slots }) => slots.count > 0)
    order(this.#queue)
    this.#blocked = new Uint32Array(wordsFor(used))
    for (const { slots, isBlocked } of this.#queue) if (isBlocked) slots.addTo(this.#blocked)
  }

  // From one change to the next, so that what is known reaches back as far as possible: two requests may come in the wrong order.
  #goOn(timed: Timed<Value>, nowMs: number): void {
    for (let steps = 0; steps < 3 && timed.until <= nowMs; steps += 1) {
      const from = timed.until === Number.NEGATIVE_INFINITY ? nowMs : timed.until
      this.#set(timed, from)
    }
    if (timed.until <= nowMs) this.#set(timed, nowMs)
  }

  #goBack(nowMs: number): void {
    this.#latestSince = Number.NEGATIVE_INFINITY
    for (const timed of this.#queue) {
      if (timed.since > nowMs) this.#set(timed, nowMs)
      else this.#latestSince = Math.max(this.#latestSince, timed.since)
    }
    order(this.#queue)
  }

  #set(timed: Timed<Value>, atMs: number): void {
    const { isBlocked, until } = this.#standing(timed.value, atMs)
    timed.since = atMs
    timed.until = Math.max(until, atMs + 1)
    this.#latestSince = Math.max(this.#latestSince, atMs)
    if (isBlocked === timed.isBlocked) return
    timed.isBlocked = isBlocked
    if (isBlocked) timed.slots.addTo(this.#blocked)
    else timed.slots.takeFrom(this.#blocked)
  }
}

/** Makes a heap of a list. */
function order(queue: { until: number }[]): void {
  for (let at = (queue.length >>> 1) - 1; at >= 0; at -= 1) sink(queue, at)
}

function rise<T extends { until: number }>(queue: T[], from: number): void {
  for (let at = from; at > 0; ) {
    const above = (at - 1) >>> 1
    if (!swapIfLater(queue, above, at)) return
    at = above
  }
}

function sink<T extends { until: number }>(queue: T[], from: number): void {
  for (let at = from; ; ) {
    const left = 2 * at + 1
    if (left >= queue.length) return
    const next = untilOf(queue, left + 1) < untilOf(queue, left) ? left + 1 : left
    if (!swapIfLater(queue, at, next)) return
    at = next
  }
}

function swapIfLater<T extends { until: number }>(queue: T[], above: number, below: number): boolean {
  const [upper, lower] = [queue[above], queue[below]]
  if (!upper || !lower || upper.until <= lower.until) return false
  queue[above] = lower
  queue[below] = upper
  return true
}

const untilOf = (queue: readonly { until: number }[], at: number): number =>
  queue[at]?.until ?? Number.POSITIVE_INFINITY
