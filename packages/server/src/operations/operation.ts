import type { AccountId, AddressId, ConversationId, Medium, OperationId, PersonId } from '@parley/model'
import type { OperationRefusal, OperationResult } from '@parley/protocol'
import type { Change } from '@parley/rules'
import type { z } from 'zod'
import type { Reader, Role } from '../db/index.ts'
import type { Turns } from '../road/index.ts'
import type { OperationContext } from './context.ts'

/** Who does something, and from where. */
export interface Actor {
  readonly account: AccountId
  readonly person: PersonId
  /** Null for a visitor; read anew for each operation. */
  readonly role: Role | null
  readonly language: string
  readonly via: { readonly medium: Medium; readonly address: AddressId | null }
}

/** What was made or changed; `changes` where it can be undone. */
export type Done = {
  readonly ok: true
  readonly result: Omit<OperationResult, 'operation' | 'undoable'>
  readonly changes?: readonly Change[]
  /** The operation that this one undid. */
  readonly undoes?: OperationId
}
export type Refusal = { readonly ok: false; readonly refusal: OperationRefusal }

/**
 * Something that can be done to the structure of conversations, whole: its input, what it may be refused for, and the work. One a file.
 */
export interface Operation<Input> {
  /** As the contract calls it: `open-backchannel`. */
  readonly name: string
  /** One line, for the description. */
  readonly summary: string
  readonly input: z.ZodType<Input>
  /** What it may be refused for besides `not-there`, `not-allowed`, `malformed-request` and `try-again`. */
  readonly refusals: readonly OperationRefusal[]
  /** Also for who has no part yet in what it touches: it looks by itself whether they are asked to come in. */
  readonly byInvitation?: true
  /** Also of what is being erased: anything else might carry words away from where they are looked for. */
  readonly erases?: true
  /**
   * The conversations that it works on, which are locked for it: empty where it makes one; null when something named in the input is not
   * there. Asked before the locks and again under them; where the answers differ it is begun anew.
   */
  readonly touches: (db: Reader, actor: Actor, input: Input) => Promise<readonly ConversationId[] | null>
  /** Those of them that whoever does it must have something to do with, where that is not all of them. */
  readonly named?: (db: Reader, actor: Actor, input: Input) => Promise<readonly ConversationId[] | null>
  /**
   * Under the locks, in one transaction. Decide first, then write; after rows of the structure were written, `restructure` their turns
   * (`writeChanges` does). A refusal takes back whatever was written.
   */
  readonly perform: (
    turns: Turns,
    actor: Actor,
    input: Input,
    context: OperationContext,
    id: OperationId,
  ) => Promise<Done | Refusal>
}

/** Any of them, its input not yet looked at. */
export interface AnyOperation extends Omit<Operation<unknown>, 'input' | 'touches' | 'named' | 'perform'> {
  readonly input: z.ZodType<unknown>
  readonly parse: (input: unknown) => Bound
}

/** An operation with an input that has its shape. */
export interface Bound {
  readonly touches: (db: Reader, actor: Actor) => Promise<readonly ConversationId[] | null>
  readonly named: (db: Reader, actor: Actor) => Promise<readonly ConversationId[] | null>
  readonly perform: (turns: Turns, actor: Actor, context: OperationContext, id: OperationId) => Promise<Done | Refusal>
}

export function operation<Input>(described: Operation<Input>): AnyOperation {
  const { touches, named = touches, perform, ...rest } = described
  return {
    ...rest,
    parse(raw) {
      const input = described.input.parse(raw)
      return {
        touches: (db, actor) => touches(db, actor, input),
        named: (db, actor) => named(db, actor, input),
        perform: (turns, actor, context, id) => perform(turns, actor, input, context, id),
      }
    },
  }
}

export const refused = (refusal: OperationRefusal): Refusal => ({ ok: false, refusal })
