import type { AccountId, Clock, ConversationId, PersonId } from '@parley/model'
import type { Changed } from '@parley/protocol'
import type { Database } from '../db/index.ts'
import type { FindMatching } from '../hunting/index.ts'
import { ConversationCache } from './conversation-cache.ts'
import { answerRepeated, dropRepeated, findTaken, repeatedIn } from './find-taken.ts'
import { mayHunt } from './may-hunt.ts'
import { NaturalBatch } from './natural-batch.ts'
import { reopening } from './reopen-by-rule.ts'
import { type DecidedSay, decideSay, placesOnOtherMedium, type Say } from './say.ts'
import { answerOf, type SayAnswer } from './say-answer.ts'
import { type Screener, screen } from './screen.ts'
import type { Structure } from './structure.ts'
import type { Turn } from './turn.ts'
import { Turns } from './turns.ts'
import { whatItBecame } from './what-it-became.ts'
import { type Believed, isPlain, writePlainSays } from './write-plain-says.ts'
import { type Seal, TakenBefore, writeSays } from './write-says.ts'

/** So often a conversation may be merged and taken out again while something is about to be done in it. */
const mostLeads = 50

/** Of a batch: known now, or coming by itself. */
type Answer = SayAnswer | Promise<SayAnswer>

/** What has just become durable, for the sockets of this process and as hints for the others. */
export interface Committed {
  readonly says: readonly DecidedSay[]
  /** Conversations whose structure changed, as they are now. */
  readonly restructured: readonly Structure[]
  /** People whose lists outside the conversations changed. */
  readonly changed: readonly PersonChanged[]
  /** People who are somebody else from now on: whoever is connected as one of them has to come again. */
  readonly became?: readonly PersonId[]
  /** Conversations that were erased. */
  readonly gone?: readonly Pick<Structure, 'account' | 'conversation'>[]
}

export interface PersonChanged {
  readonly person: PersonId
  readonly what: Changed['what']
}

export interface Live {
  committed(what: Committed): void
}

/** Called inside the turn that stores a visitor's words, where `mayHunt` says so. */
export type BeginHunt = (turn: Turn) => Promise<void>

/**
 * The one road: everything said on any medium, by anyone, is placed, accepted, screened, addressed and committed here. What only says
 * something goes in natural batches across conversations; what also changes who is where takes a turn of its own.
 */
export class Road {
  readonly #db: Database
  readonly #clock: Clock
  readonly #live: Live
  readonly #beginHunt: BeginHunt
  readonly #screen: Screener
  readonly #seal: Seal
  readonly #how: ConstructorParameters<typeof Turn>[3]
  readonly #cache = new ConversationCache()
  readonly #batches = new Map<AccountId, NaturalBatch<Say, SayAnswer>>()

  constructor(parts: {
    db: Database
    clock: Clock
    live: Live
    beginHunt: BeginHunt
    seal: Seal
    find: FindMatching
    random?: () => number
    screener?: Screener
  }) {
    this.#db = parts.db
    this.#clock = parts.clock
    this.#live = parts.live
    this.#beginHunt = parts.beginHunt
    this.#screen = parts.screener ?? screen
    this.#seal = parts.seal
    this.#how = { screen: this.#screen, seal: parts.seal, find: parts.find, random: parts.random ?? Math.random }
  }

  /** Resolves when the message and its deliveries are durable. The same `key` is stored once and answered alike every time. */
  say(say: Say): Promise<SayAnswer> {
    let batch = this.#batches.get(say.account)
    if (!batch) {
      batch = new NaturalBatch((says) => this.#sayAll(say.account, says), {
        keyOf: ({ to }) => to.conversation,
        maxItems: 512,
        maxRunning: 2,
      })
      this.#batches.set(say.account, batch)
    }
    return batch.add(say)
  }

  /**
   * Work on one conversation under its lock, in one transaction; what it says and changes is published after the commit. What was merged
   * into another is that one. Null when there is no such conversation.
   */
  async inConversation<T>(
    account: AccountId,
    conversation: ConversationId,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T | null> {
    let at = conversation
    for (let left = mostLeads; left > 0; left--) {
      const led = await this.inConversations(account, [at], async (turns) => {
        const turn = turns.of(at)
        const { mergedInto } = turn.structure
        if (mergedInto) return { to: mergedInto }
        // The merging that led here may have been undone before this one was locked; from here on it cannot.
        const isHere = at === conversation || (await whatItBecame(turns.tx, account, conversation)) === at
        return isHere ? { done: await work(turn) } : { to: conversation }
      })
      if (!led) return null
      if ('done' in led) return led.done
      at = led.to
    }
    throw new Error('a conversation was merged to and fro without an end')
  }

  /** The same on several, locked in the order of their ids. Null when one of them is not there. */
  async inConversations<T>(
    account: AccountId,
    ids: readonly ConversationId[],
    work: (turns: Turns) => Promise<T>,
  ): Promise<T | null> {
    try {
      const done = await this.#db.write(account, async (tx) => {
        const structures = ids.length > 0 ? await this.#cache.lock(tx, account, ids) : new Map()
        if (structures.size < new Set(ids).size) return null
        const turns = new Turns(tx, account, structures.values(), this.#clock.now(), this.#how)
        return { result: await work(turns), turns: turns.all, became: turns.became, afterwards: turns.afterwards }
      })
      if (!done) return null
      const gone = done.turns.flatMap((turn) => (turn.gone ? [turn.structure] : []))
      this.#cache.keep(done.turns.map(({ structure }) => structure))
      this.#cache.forget(gone.map(({ conversation }) => conversation))
      this.#publish({
        says: done.turns.flatMap(({ says }) => says),
        restructured: done.turns.flatMap(({ restructured, structure }) => (restructured ? [structure] : [])),
        changed: done.turns.flatMap(({ changed }) => changed),
        became: done.became,
        gone,
      })
      for (const afterwards of done.afterwards) afterwards().catch(() => {})
      return done.result
    } catch (error) {
      this.#cache.forget(ids)
      throw error
    }
  }

  /**
   * Most of a batch goes on conversations that this process knows and only adds words to them: those are decided on what is believed
   * and stored in one statement that looks whether it is so. The rest, and everything when it was not so, is decided under the locks.
   */
  async #sayAll(account: AccountId, says: Say[]): Promise<Answer[]> {
    const unique = dropRepeated(says)
    const ahead = this.#decideAhead(account, unique)
    const answers = new Map<Say, Answer>()
    if (await this.#store(account, ahead)) {
      for (const decided of ahead.decided) answers.set(decided.say, answerOf(decided))
    }
    const rest = unique.filter((say) => !answers.has(say))
    const answersToRest = rest.length > 0 ? await this.#sayTogether(account, rest) : []
    for (const [index, say] of rest.entries()) answers.set(say, answersToRest[index] as Answer)
    return says.map((say) => answers.get(say) ?? repeatedIn(says, say, answers))
  }

  #decideAhead(account: AccountId, says: readonly Say[]): DecidedAhead {
    const believed = new Map<ConversationId, Believed>()
    const decided: DecidedSay[] = []
    // What comes after something that has to wait has to wait too.
    const waiting = new Set<ConversationId>()
    for (const say of says) {
      const { conversation } = say.to
      if (waiting.has(conversation)) continue
      const known = believed.get(conversation) ?? believe(this.#cache.believed(account, conversation))
      const verdict =
        known && isPlain(known.structure, say) && !takesTurn(known.structure, say, this.#clock.now())
          ? decideSay(known.structure, say, this.#screen, this.#clock.now())
          : null
      // A refusal may be for what has changed since: it counts only under the lock.
      if (known && verdict?.ok) {
        believed.set(conversation, known)
        decided.push(verdict.decided)
      } else waiting.add(conversation)
    }
    return { believed, decided }
  }

  async #store(account: AccountId, { believed, decided }: DecidedAhead): Promise<boolean> {
    if (decided.length === 0) return true
    // Their originals are to be sealed besides: that takes more than one statement.
    if (decided.some(({ masked }) => masked)) return false
    const all = [...believed.values()]
    // Why it failed does not matter: decided again under the locks, a repetition is found, and what cannot be stored is refused or thrown.
    const isStored = await writePlainSays(this.#db, account, all, decided).catch(() => false)
    if (isStored) {
      this.#cache.keep(all.map(({ structure }) => structure))
      this.#publish({ says: decided, restructured: [], changed: [] })
    } else this.#cache.forget(believed.keys())
    return isStored
  }

  async #sayTogether(account: AccountId, says: Say[]): Promise<Answer[]> {
    const answers = new Map<Say, Answer>()
    const turns: Say[] = []
    const decided: DecidedSay[] = []
    const ids = [...new Set(says.map((say) => say.to.conversation))]
    try {
      await this.#db.write(account, async (tx) => {
        const structures = await this.#cache.lock(tx, account, ids)
        const inTurns = new Set<ConversationId>()
        for (const say of says) {
          const structure = structures.get(say.to.conversation)
          if (!structure) answers.set(say, { ok: false, refusal: 'not-there' })
          else if (
            inTurns.has(structure.conversation) ||
            structure.mergedInto ||
            takesTurn(structure, say, this.#clock.now())
          ) {
            // Whatever follows in this conversation waits too: nothing overtakes what was said before it.
            inTurns.add(structure.conversation)
            turns.push(say)
          } else this.#decide(structure, say, decided, answers)
        }
        await answerRepeated(tx, answers)
        await writeSays(tx, decided, this.#seal, this.#clock.now())
        this.#cache.keep(structures.values())
      })
    } catch (error) {
      this.#cache.forget(ids)
      if (!(error instanceof TakenBefore)) throw error
      return this.#sayWithoutTaken(account, says)
    }
    for (const say of decided) answers.set(say.say, answerOf(say))
    this.#publish({ says: decided, restructured: [], changed: [] })
    let before: Promise<unknown> = Promise.resolve()
    for (const say of turns) {
      // One that fails is its sender's own to repeat; the others have nothing to do with it.
      const turn = before.then(() => this.#sayInTurn(say))
      before = turn.catch(() => {})
      answers.set(say, turn)
    }
    return says.map((say) => answers.get(say) as Answer)
  }

  #decide(structure: Structure, say: Say, decided: DecidedSay[], answers: Map<Say, Answer>): void {
    const verdict = decideSay(structure, say, this.#screen, this.#clock.now())
    if (verdict.ok) decided.push(verdict.decided)
    else answers.set(say, verdict)
  }

  async #sayInTurn(say: Say): Promise<SayAnswer> {
    const answer = await this.inConversation(say.account, say.to.conversation, async (turn): Promise<SayAnswer> => {
      // What was said to a conversation that was merged is said where it goes on.
      const here = { ...say, to: { ...say.to, conversation: turn.structure.conversation } }
      const before = await findTaken(turn.tx, here)
      if (before) return before
      await turn.reopen(here)
      const said = await turn.say(here)
      if (!said.ok) return said
      if (turn.mayHunt(here)) await this.#beginHunt(turn)
      return answerOf(said.decided)
    })
    return answer ?? { ok: false, refusal: 'not-there' }
  }

  async #sayWithoutTaken(account: AccountId, says: Say[]): Promise<Answer[]> {
    const taken = new Map<Say, Answer>()
    await this.#db.read(account, async (db) => {
      for (const say of says) {
        const before = await findTaken(db, say)
        if (before) taken.set(say, before)
      }
    })
    const rest = says.filter((say) => !taken.has(say))
    const answers = rest.length > 0 ? await this.#sayTogether(account, rest) : []
    for (const [index, say] of rest.entries()) taken.set(say, answers[index] as Answer)
    return says.map((say) => taken.get(say) as Answer)
  }

  #publish(what: Committed): void {
    const { says, restructured, changed, became = [], gone = [] } = what
    if (says.length + restructured.length + changed.length + became.length + gone.length > 0) this.#live.committed(what)
  }
}

interface DecidedAhead {
  readonly believed: ReadonlyMap<ConversationId, Believed>
  readonly decided: readonly DecidedSay[]
}

function believe(structure: Structure | undefined): Believed | null {
  return structure ? { structure, ordinal: structure.ordinal } : null
}

/** Whether saying this also changes who is where: something is to be opened again, people are to be found first, or the author has changed the medium (A11). */
function takesTurn(structure: Structure, say: Say, now: Date): boolean {
  if (mayHunt(structure, say) || reopening(structure, say, now)) return true
  return placesOnOtherMedium(structure, say).length > 0
}
