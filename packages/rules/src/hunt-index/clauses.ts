import type { Condition, Criteria, PreparedRequest } from '../criteria/index.ts'
import { Clause } from './clause.ts'
import type { Remaining } from './remaining.ts'
import type { SlotSet } from './slot-set.ts'
import type { Wish } from './wish.ts'
import { knownSubjects, type Subject, subjectOf, Wishes } from './wishes.ts'

/** The conditions of everyone, arranged by what a request must meet. */
export class Clauses {
  readonly #wishes = new Wishes()
  readonly #byName = new Map<string, Clause>()
  /** Each clause under one of its subjects, the one with the fewest: a request that does not know it need not look. */
  #bySubject = new Map<Subject, Clause[]>()
  /** Wishes that somebody does not want. */
  readonly #unwanted = new Set<Wish>()
  #requests = 0

  add(slot: number, criteria: Criteria): void {
    const times = new Map<Subject, number>()
    for (const condition of criteria.all ?? []) {
      const subject = subjectOf(condition)
      const time = times.get(subject) ?? 0
      times.set(subject, time + 1)
      this.#clause(`${time} ${subject}`, [subject]).add(slot, this.#wishes.of(condition))
    }
    if (criteria.any && criteria.any.length > 0) this.#addAny(slot, criteria.any)
    for (const condition of criteria.none ?? []) {
      for (const wish of this.#wishes.of(condition)) {
        wish.addUnwanted(slot)
        this.#unwanted.add(wish)
      }
    }
  }

  /** Takes away everyone whose conditions the request does not meet. */
  keepMatching(request: PreparedRequest, remaining: Remaining): void {
    this.#requests += 1
    const known = new Set(knownSubjects(request))
    const binding: Clause[] = []
    for (const subject of known) {
      for (const clause of this.#bySubject.get(subject) ?? []) {
        if (!clause.subjects.every((each) => known.has(each))) continue
        clause.askedBy = this.#requests
        binding.push(clause)
      }
    }
    const unwanted: SlotSet[] = []
    this.#wishes.metBy(request, (wish) => {
      if (wish.metBy === this.#requests) return
      wish.metBy = this.#requests
      if (wish.unwanted) unwanted.push(wish.unwanted)
      for (const { clause, slots } of wish.wanted) if (clause.askedBy === this.#requests) clause.met.push(slots)
    })
    // Those first that may leave the fewest: what follows then has few to look at.
    for (const clause of binding.sort((a, b) => b.mayTake - a.mayTake)) {
      remaining.keepOnly(clause.bound, clause.met)
      clause.met = []
    }
    for (const those of unwanted) remaining.takeSet(those)
  }

  /** After slots were given out anew. */
  renumber(renumbered: Int32Array): void {
    for (const [name, clause] of this.#byName) {
      clause.renumber(renumbered)
      if (clause.bound.count === 0) this.#byName.delete(name)
    }
    for (const wish of this.#unwanted) {
      const left = wish.unwanted?.renumber(renumbered)
      wish.unwanted = left && left.count > 0 ? left : null
      if (!wish.unwanted) this.#unwanted.delete(wish)
    }
    this.#wishes.dropUnused()
    this.#bySubject = new Map()
    for (const clause of this.#byName.values()) this.#file(clause)
  }

  // One condition that is not known holds the whole of `any`, so only those whose `any` is about the same things can be looked at together.
  #addAny(slot: number, any: readonly Condition[]): void {
    const subjects = [...new Set(any.map(subjectOf))].sort()
    const clause = this.#clause(`any ${JSON.stringify(subjects)}`, subjects)
    clause.add(
      slot,
      any.flatMap((condition) => this.#wishes.of(condition)),
    )
  }

  #clause(name: string, subjects: readonly Subject[]): Clause {
    let clause = this.#byName.get(name)
    if (!clause) {
      clause = new Clause(subjects)
      this.#byName.set(name, clause)
      this.#file(clause)
    }
    return clause
  }

  #file(clause: Clause): void {
    let fewest: Clause[] | undefined
    for (const subject of clause.subjects) {
      const filed = this.#bySubject.get(subject) ?? []
      this.#bySubject.set(subject, filed)
      if (!fewest || filed.length < fewest.length) fewest = filed
    }
    fewest?.push(clause)
  }
}
