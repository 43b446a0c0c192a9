import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'
import type { FindMatching } from '../hunting/index.ts'
import { mayHunt } from './may-hunt.ts'
import type { PlaceRefusal } from './place.ts'
import { reopenByRule, reopening } from './reopen-by-rule.ts'
import type { PersonChanged } from './road.ts'
import { type DecidedSay, decideSay, placesOnOtherMedium, type Say } from './say.ts'
import type { Screener } from './screen.ts'
import { loadStructures, type Structure } from './structure.ts'
import { type Seal, writeSays } from './write-says.ts'

/**
 * One transaction's work on one conversation, under its lock. It exists only there: what changes who is where writes its rows through
 * `tx` and then calls `restructure`, so that whoever holds an older structure learns that it is old.
 */
export class Turn {
  readonly tx: Writer
  readonly now: Date
  readonly says: DecidedSay[] = []
  readonly changed: PersonChanged[] = []
  restructured = false
  /** It was erased: nobody has it any more. */
  gone = false
  /** Who wants a question, and what is left to chance about it. */
  readonly find: FindMatching
  readonly random: () => number
  #structure: Structure
  readonly #screen: Screener
  readonly #seal: Seal

  constructor(
    tx: Writer,
    structure: Structure,
    now: Date,
    how: { screen: Screener; seal: Seal; find: FindMatching; random: () => number },
  ) {
    this.tx = tx
    this.#structure = structure
    this.now = now
    this.#screen = how.screen
    this.#seal = how.seal
    this.find = how.find
    this.random = how.random
  }

  get structure(): Structure {
    return this.#structure
  }

  /** Raise the version and read the structure again, after rows of participants, spans, interactions or tickets were changed. */
  async restructure(): Promise<void> {
    const { account, conversation } = this.#structure
    await sql`update conversation set structure = structure + 1
      where account_id = ${account} and conversation_id = ${conversation}`.execute(this.tx)
    const loaded = (await loadStructures(this.tx, account, [conversation])).get(conversation)
    if (!loaded) throw new Error('a locked conversation has gone')
    this.#structure = loaded
    this.restructured = true
  }

  /** Say something here. The medium it came over becomes the author's active one. */
  async say(say: Say): Promise<{ ok: true; decided: DecidedSay } | { ok: false; refusal: PlaceRefusal }> {
    await this.#activate(say)
    const verdict = decideSay(this.#structure, say, this.#screen, this.now)
    if (!verdict.ok) return verdict
    await writeSays(this.tx, [verdict.decided], this.#seal, this.now)
    this.says.push(verdict.decided)
    return verdict
  }

  /** May these words change whom people are looked for, or who has the conversation? */
  mayHunt(say: Say): boolean {
    return mayHunt(this.#structure, say)
  }

  /** Would these words open something again that is closed? */
  reopens(say: Pick<Say, 'person' | 'to'>): boolean {
    return reopening(this.#structure, say, this.now) !== null
  }

  /** Opens what these words are to open, as the site says; true where there was something. */
  async reopen(say: Pick<Say, 'person' | 'to'>): Promise<boolean> {
    const what = reopening(this.#structure, say, this.now)
    if (what) await reopenByRule(this, say.person, what)
    return what !== null
  }

  /** The medium last used is the active one, in the interaction that was written in, or in all of them. */
  async #activate(say: Say): Promise<void> {
    const moved = placesOnOtherMedium(this.#structure, say)
    if (moved.length === 0) return
    await this.tx
      .updateTable('participant')
      .set({ medium: say.via.medium, address_id: say.via.address })
      .where('account_id', '=', say.account)
      .where(
        'participant_id',
        'in',
        moved.map(({ id }) => id),
      )
      .execute()
    await this.restructure()
  }
}
