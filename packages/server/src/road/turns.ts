import type { AccountId, ConversationId, InteractionId, PersonId } from '@parley/model'
import type { Writer } from '../db/index.ts'
import { loadStructures, type Structure } from './structure.ts'
import { Turn } from './turn.ts'

/** One transaction's work on several conversations, each under its lock. */
export class Turns {
  readonly tx: Writer
  readonly now: Date
  /** Done once it is durable, and best lost when it is not. */
  readonly afterwards: (() => Promise<void>)[] = []
  /** People who turned out to be somebody else. */
  readonly became: PersonId[] = []
  readonly #account: AccountId
  readonly #turns: Map<ConversationId, Turn>
  readonly #begin: (structure: Structure) => Turn

  constructor(
    tx: Writer,
    account: AccountId,
    structures: Iterable<Structure>,
    now: Date,
    how: ConstructorParameters<typeof Turn>[3],
  ) {
    this.tx = tx
    this.now = now
    this.#account = account
    this.#begin = (structure) => new Turn(tx, structure, now, how)
    this.#turns = new Map([...structures].map((structure) => [structure.conversation, this.#begin(structure)]))
  }

  get all(): Turn[] {
    return [...this.#turns.values()]
  }

  of(conversation: ConversationId): Turn {
    const turn = this.#turns.get(conversation)
    if (!turn) throw new Error('a conversation was not locked')
    return turn
  }

  /** The turn of the conversation that an interaction belongs to; null where it belongs to none of these. */
  having(interaction: InteractionId): Turn | null {
    return this.all.find((turn) => turn.structure.interactions.has(interaction)) ?? null
  }

  /** A turn on a conversation that was made in this transaction: nobody else knows of it. */
  async begun(conversation: ConversationId): Promise<Turn> {
    const structure = (await loadStructures(this.tx, this.#account, [conversation])).get(conversation)
    if (!structure) throw new Error('a conversation that was just made is not there')
    const turn = this.#begin(structure)
    turn.restructured = true
    this.#turns.set(conversation, turn)
    return turn
  }
}
