import type { AccountId, Clock, PersonId } from '@parley/model'
import { minutes } from '@parley/model'
import { HuntIndex } from '@parley/rules'
import type { Database, Reader, Writer } from '../db/index.ts'
import type { FindMatching } from './find-matching.ts'
import { beginReading, type PersonNow, type ReadSoFar, readActive, readChanges } from './read-changes.ts'

/** So many at a time: between two pages the process does other things. */
const page = 500
/** Above so many changes at once it is quicker to load everything. */
const mostLate = 50_000
/** An index that nobody has asked for so long is dropped. */
const idleMs = minutes(30)
/** What is so large takes a while to load, for which nobody should have to wait with a question. */
const largeFrom = 5_000

interface Loaded {
  readonly index: HuntIndex
  readSoFar: ReadSoFar
}

interface Held {
  loaded: Loaded | null
  usedAt: Date
  /** Ends when whoever uses it now is done: what is read and what is found must not be torn apart. */
  turn: Promise<unknown>
}

/**
 * The indexes of criteria that this process holds, one for each account that has looked for people lately. Each is loaded when it is first
 * needed, and brought up to date inside the transaction of whoever asks: so every process finds the same people, namely those whom that
 * transaction would find by looking at each.
 */
export class CriteriaIndexes {
  readonly #db: Database
  readonly #clock: Clock
  readonly #held = new Map<AccountId, Held>()
  #isWarm = false
  #isStopped = false

  constructor({ db, clock }: { db: Database; clock: Clock }) {
    this.#db = db
    this.#clock = clock
  }

  /** The accounts whose index is held at the moment. */
  get loaded(): AccountId[] {
    return [...this.#held.keys()]
  }

  readonly find: FindMatching = (tx, account, request, now, { most, random }) =>
    this.#inTurn(account, async (held) => {
      const { index } = await this.#upToDate(held, account, tx)
      // Nothing may come between the last reading and this.
      const found = index.match(request, now)
      return { count: found.count, people: found.sample(most, random) as PersonId[] }
    })

  /**
   * To be called now and then. Drops what has not been used for long and reads on in the rest, so that whoever asks has little to catch up
   * with. The first time it loads the indexes of large accounts, before anybody asks.
   */
  async keepUp(): Promise<void> {
    if (!this.#isWarm) await this.#warmUp()
    this.#isWarm = true
    const idleSince = this.#clock.now().getTime() - idleMs
    for (const [account, held] of this.#held) {
      if (this.#isStopped) return
      if (held.usedAt.getTime() < idleSince) this.#held.delete(account)
      else await this.#inTurn(account, () => this.#upToDate(held, account, this.#db.workers), held)
    }
  }

  /** Ends what `keepUp` is doing, after the account that it is at. */
  stop(): void {
    this.#isStopped = true
  }

  async #warmUp(): Promise<void> {
    const large = await this.#db.workers
      .selectFrom('responder')
      .select('account_id')
      .where('state', '=', 'active')
      .groupBy('account_id')
      .having((eb) => eb(eb.fn.countAll<number>(), '>=', largeFrom))
      .execute()
    for (const { account_id } of large) {
      if (this.#isStopped) return
      await this.#inTurn(account_id, (held) => this.#upToDate(held, account_id, this.#db.workers))
    }
  }

  /** One after the other for each account. Only what asks counts as use. */
  async #inTurn<T>(account: AccountId, work: (held: Held) => Promise<T>, kept?: Held): Promise<T> {
    const held = kept ?? this.#held.get(account) ?? { loaded: null, usedAt: this.#clock.now(), turn: Promise.resolve() }
    this.#held.set(account, held)
    if (!kept) held.usedAt = this.#clock.now()
    const result = held.turn.then(() => work(held))
    held.turn = result.catch(() => {})
    return result
  }

  async #upToDate(held: Held, account: AccountId, db: Reader | Writer): Promise<Loaded> {
    for (let tries = 0; tries < 3; tries += 1) {
      held.loaded ??= await this.#load(account)
      if (await this.#readOn(held.loaded, account, db)) return held.loaded
      held.loaded = null
    }
    throw new Error('criteria change faster than they can be read')
  }

  // Not in the transaction of whoever asks, which sees its own changes: those are read afterwards, and known to be its own.
  async #load(account: AccountId): Promise<Loaded> {
    const { workers } = this.#db
    const index = new HuntIndex()
    const readSoFar = await beginReading(workers)
    for (let last: PersonId | null = null; ; ) {
      const people: PersonNow[] = await readActive(workers, account, last, page)
      for (const person of people) index.put(person)
      if (people.length < page) return { index, readSoFar }
      last = people.at(-1)?.person ?? null
    }
  }

  async #readOn(loaded: Loaded, account: AccountId, db: Reader | Writer): Promise<boolean> {
    for (;;) {
      const changes = await readChanges(db, account, loaded.readSoFar, page)
      if (changes.kind === 'too-late') return false
      for (const person of changes.people) {
        if (person.isActive) loaded.index.put(person)
        else loaded.index.remove(person.person)
      }
      loaded.readSoFar = changes.readSoFar
      if (changes.isAll) return true
      if (changes.readSoFar.late.size > mostLate) return false
    }
  }
}
