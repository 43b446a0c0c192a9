import { type Clock, minutes, newId, type OperationId } from '@parley/model'
import type { Database, Writer } from '../../db/index.ts'
import { type Road, whatItBecame } from '../../road/index.ts'
import { conversationsErasedWith, eraseConversation } from './erase-conversation.ts'
import { conversationsWith, eraseSomebody, type NotErased, whyNotErased } from './erase-somebody.ts'
import { type Erased, type Erasing, type ErasingPoint, endErasing, unfinished } from './erasing.ts'
import { findNoKeys, type HasKey, type NoKeys } from './find-no-keys.ts'

interface Parts {
  readonly db: Database
  readonly road: Road
  readonly clock: Clock
  /** Tests stop a process there. */
  readonly point?: (name: ErasingPoint) => Promise<void> | void
}

/** Whoever asked is done with it long before, or has died. */
const patienceMs = minutes(1)

/**
 * Finishes what a process had begun to erase when it died. Any process may, as often as it likes. Answers how many. One that cannot be
 * erased keeps none of the others: it is thrown when all have been tried.
 */
export async function finishErasing(parts: Parts): Promise<number> {
  const before = new Date(parts.clock.now().getTime() - patienceMs)
  const begun = await unfinished(parts.db, before)
  const failed: string[] = []
  const causes: unknown[] = []
  for (const erasing of begun) {
    try {
      await carryOut(parts, erasing)
    } catch (error) {
      failed.push(`${Object.entries(erasing.of).flat().join(' ')} (${String(error)})`)
      causes.push(error)
    }
  }
  if (failed.length > 0) throw new AggregateError(causes, `not erased yet: ${failed.join(', ')}`)
  return begun.length
}

/** Erases as whoever runs the installation, or says why not. Null where there is no such thing. */
export async function eraseAsInstallation(
  parts: Parts & { readonly hasKey: HasKey },
  { account, of }: Pick<Erasing, 'account' | 'of'>,
): Promise<Erased | NotErased | NoKeys | null> {
  const { db, hasKey } = parts
  const asked = { account, id: newId<OperationId>(), by: null, role: 'installation' } as const
  const whyNot = async (tx: Writer, of: Erasing['of']) =>
    ('person' in of ? await whyNotErased(tx, account, of.person) : null) ?? (await findNoKeys(tx, account, of, hasKey))
  if ('person' in of) return carryOut(parts, { ...asked, of }, whyNot)
  const conversation = await db.read(account, (reader) => whatItBecame(reader, account, of.conversation))
  return conversation && carryOut(parts, { ...asked, of: { conversation } }, whyNot)
}

type WhyNot = (tx: Writer, of: Erasing['of']) => Promise<NotErased | NoKeys | null>

async function carryOut(parts: Parts, erasing: Erasing): Promise<Erased | null>
async function carryOut(parts: Parts, erasing: Erasing, whyNot: WhyNot): Promise<Erased | NotErased | NoKeys | null>
async function carryOut({ db, road, point }: Parts, erasing: Erasing, whyNot?: WhyNot) {
  const { account, of } = erasing
  const how = { db, ...(point ? { point } : {}) }
  const touched = await db.read(account, (reader) =>
    'conversation' in of
      ? conversationsErasedWith(reader, account, of.conversation)
      : conversationsWith(reader, account, of.person),
  )
  const erased =
    touched &&
    (await road.inConversations(account, touched, async (turns) => {
      const refused = await whyNot?.(turns.tx, of)
      if (refused) return refused
      await turns.tx
        .insertInto('operation')
        .values({
          account_id: account,
          operation_id: erasing.id,
          name: 'conversation' in of ? 'erase' : 'erase-person',
          person_id: erasing.by,
          by_role: erasing.role,
          conversation_ids: touched,
          result: JSON.stringify({ operation: erasing.id, ...('conversation' in of ? of : {}), undoable: false }),
          at: turns.now,
        })
        // Whoever asked may have come to an end after all, late.
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      if ('person' in of) return eraseSomebody(turns, of.person, erasing, how)
      return eraseConversation(turns, turns.of(of.conversation), erasing, how)
    }))
  if (!erased) await db.write(account, (tx) => endErasing(tx, erasing))
  return erased ?? null
}
