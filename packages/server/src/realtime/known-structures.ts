import type { ConversationId, InteractionId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { loadStructures, nowCalled, type Structure } from '../road/index.ts'

export type ToConversation = { conversation: string } | { interaction: string }

const most = 20_000

/** The conversations of those who are connected here, as this process last saw them. */
export class KnownStructures {
  readonly #structures = new Map<ConversationId, Structure>()
  readonly #homes = new Map<InteractionId, ConversationId>()

  get(target: ToConversation): Structure | undefined {
    const id =
      'conversation' in target
        ? (target.conversation as ConversationId)
        : this.#homes.get(target.interaction as InteractionId)
    const known = id && this.#structures.get(id)
    return known?.mergedInto ? this.get({ conversation: known.mergedInto }) : known
  }

  /** An older version never replaces a newer one. */
  know(structure: Structure): void {
    const known = this.#structures.get(structure.conversation)
    if (known && known.version > structure.version) return
    if (known && known.version === structure.version && known.ordinal > structure.ordinal) return
    // The order of last use matters only where some have to go soon.
    if (this.#structures.size > most / 2) this.#structures.delete(structure.conversation)
    this.#structures.set(structure.conversation, structure)
    if (known?.version !== structure.version) {
      for (const interaction of structure.interactions.keys()) this.#homes.set(interaction, structure.conversation)
    }
    if (this.#structures.size > most) this.#trim()
  }

  /** It is there no more. */
  forget(conversation: ConversationId): void {
    const structure = this.#structures.get(conversation)
    this.#structures.delete(conversation)
    for (const interaction of structure?.interactions.keys() ?? []) this.#homes.delete(interaction)
  }

  #trim(): void {
    for (const id of this.#structures.keys()) {
      if (this.#structures.size <= most) return
      this.forget(id)
    }
  }
}

/** Is who is where in it still as it was when it was read? */
export async function isNow(
  db: Reader,
  { account, conversation, version }: Pick<Structure, 'account' | 'conversation' | 'version'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from conversation where account_id = ${account} and conversation_id = ${conversation} and structure = ${version}`.execute(
    db,
  )
  return rows.length > 0
}

/** As it is now in the database; undefined when it is not there. */
export async function loadStructureOf(
  db: Reader,
  account: Structure['account'],
  target: ToConversation,
): Promise<Structure | undefined> {
  const { rows } = await sql<{ id: ConversationId }>`
    select conversation_id as id from ${sql.table('conversation' in target ? 'conversation' : 'interaction')}
    where account_id = ${account} and ${isMeant(account, target)}`.execute(db)
  const id = rows[0]?.id
  return id && (await loadStructures(db, account, [id])).get(id)
}

/**
 * The conversation that is meant, if it is somebody's: if they have a right in it. What is not there and what is not theirs are looked for
 * in one way, and cost the same.
 */
export async function findOwn(
  db: Reader,
  who: { account: Structure['account']; person: PersonId },
  target: ToConversation,
): Promise<ConversationId | null> {
  const { rows } = await sql<{ id: ConversationId }>`
    select conversation_id as id from span where account_id = ${who.account} and person_id = ${who.person} and ${isMeant(who.account, target)}
      and (to_position is null or to_position >= from_position) limit 1`.execute(db)
  return rows[0]?.id ?? null
}

const isMeant = (account: Structure['account'], target: ToConversation) =>
  'conversation' in target
    ? sql`conversation_id = ${nowCalled(account, target.conversation)}`
    : sql`interaction_id = ${target.interaction}`
