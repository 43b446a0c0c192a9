import { type Criteria, type HelpRequest, prepareRequest, type Target, type Wanting } from '../criteria/index.ts'
import { Clauses } from './clauses.ts'
import { Matches } from './matches.ts'
import { Remaining } from './remaining.ts'
import { type Bits, clearBit, lengthened, SlotSet, setBit, wordsFor } from './slot-set.ts'
import { standingOfAway, standingOfHours } from './standing.ts'
import { TimedSlots } from './timed-slots.ts'

/** So few slots that nobody uses any more are not worth tidying up. */
const fewDead = 256

/**
 * Finds everyone whose wishes fit a request without looking at each: exactly those whom `judge` lets pass. Everybody has a slot, a bit in
 * sets of all; a request starts from all who may be asked at this hour and takes away those who want something else, a word of 32 people at
 * a time, over what it knows alone. What it costs is bounded by the number of slots and by what the request knows, whatever people want.
 */
export class HuntIndex {
  readonly #slots = new Map<string, number>()
  /** By slot, also of those who have gone: slots are given out anew only when many have. */
  #people: string[] = []
  #live: Bits = new Uint32Array(0)
  readonly #remaining = new Remaining()
  readonly #clauses = new Clauses()
  readonly #hours = new TimedSlots(standingOfHours)
  readonly #away = new TimedSlots(standingOfAway)
  readonly #teams = new Map<string, SlotSet>()

  /** How many people are in it. */
  get size(): number {
    return this.#slots.size
  }

  /** Somebody new, or what they want now. */
  put({ person, teams, criteria }: Wanting): void {
    this.remove(person)
    const slot = this.#people.length
    this.#people.push(person)
    this.#slots.set(person, slot)
    if (slot >>> 5 >= this.#live.length) this.#live = lengthened(this.#live, (slot >>> 5) + 1)
    setBit(this.#live, slot)
    this.#clauses.add(slot, criteria)
    this.#addTimes(slot, criteria)
    for (const team of teams) {
      const members = this.#teams.get(team) ?? new SlotSet()
      this.#teams.set(team, members)
      members.add(slot)
    }
  }

  /** Somebody who is not to be found any more; whoever is not in it is passed over. */
  remove(person: string): void {
    const slot = this.#slots.get(person)
    if (slot === undefined) return
    this.#slots.delete(person)
    clearBit(this.#live, slot)
    const dead = this.#people.length - this.#slots.size
    if (dead > fewDead && dead * 4 > this.#people.length) this.#tidyUp()
  }

  /** Who wants to be asked this now. */
  match(request: HelpRequest, now: Date): Matches {
    const remaining = this.#remaining
    remaining.start(this.#live, this.#people.length)
    this.#keepTargeted(remaining, request.target)
    this.#clauses.keepMatching(prepareRequest(request), remaining)
    remaining.take(this.#hours.blockedAt(now.getTime()))
    remaining.take(this.#away.blockedAt(now.getTime()))
    return new Matches(remaining.end(), this.#people)
  }

  #addTimes(slot: number, { hours, away }: Criteria): void {
    if (hours) this.#hours.add(slot, hours)
    if (away && away.length > 0) this.#away.add(slot, away)
  }

  #keepTargeted(remaining: Remaining, target: Target | undefined): void {
    if (!target?.people && !target?.teams) return
    const meant: Bits = new Uint32Array(wordsFor(this.#people.length))
    for (const team of target.teams ?? []) this.#teams.get(team)?.addTo(meant)
    for (const person of target.people ?? []) {
      const slot = this.#slots.get(person)
      if (slot !== undefined) setBit(meant, slot)
    }
    remaining.keep(meant)
  }

  // Gives out the slots anew without those who have gone. Lists of matches that somebody still holds keep the old ones.
  #tidyUp(): void {
    const renumbered = new Int32Array(this.#people.length).fill(-1)
    const people: string[] = []
    for (const [person, slot] of this.#slots) {
      renumbered[slot] = people.length
      this.#slots.set(person, people.length)
      people.push(person)
    }
    this.#people = people
    this.#live = new Uint32Array(wordsFor(people.length))
    for (let slot = 0; slot < people.length; slot += 1) setBit(this.#live, slot)
    this.#clauses.renumber(renumbered)
    this.#hours.renumber(renumbered, people.length)
    this.#away.renumber(renumbered, people.length)
    for (const [team, members] of this.#teams) {
      const left = members.renumber(renumbered)
      if (left.count > 0) this.#teams.set(team, left)
      else this.#teams.delete(team)
    }
  }
}
