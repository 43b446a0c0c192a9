import { type Clock, minutes, newId, type OperationId } from '@parley/model'
import type { Database } from '../../db/index.ts'
import { type Road, whatItBecame } from '../../road/index.ts'
import { conversationsErasedWith, eraseConversation } from './erase-conversation.ts'
import { conversationsWith, eraseSomebody, type NotErased, whyNotErased } from './erase-somebody.ts'
import { type Erased, type Erasing, type ErasingPoint, endErasing, unfinished } from './erasing.ts'

interface Parts {
  readonly db: Database
  readonly road: Road
  readonly clock: Clock
  /** Tests stop a process there. */
  readonly point?: (name: ErasingPoint) => Promise<void> | void
}

const atOnce = 20

/** Whoever asked is done with it long before, or has died. */
const patienceMs = minutes(1)

/** Finishes what a process had begun to erase when it died. Any process may, as often as it likes. Answers how many. */
export async function finishErasing(parts: Parts): Promise<number> {
  const before = new Date(parts.clock.now().getTime() - patienceMs)
  const begun = await unfinished(parts.db, before, atOnce)
  for (const erasing of begun) await carryOut(parts, erasing)
  return begun.length
}

/** Erases as whoever runs the installation, or says why not. Null where there is no such thing. */
export async function eraseAsInstallation(
  parts: Parts,
  { account, of }: Pick<Erasing, 'account' | 'of'>,
): Promise<Erased | NotErased | null> {
  const id = newId<OperationId>()
  const asked = { account, id, by: null, role: 'installation' } as const
  if ('person' in of) return carryOut(parts, { ...asked, of }, whyNotErased)
  const conversation = await parts.db.read(account, (reader) => whatItBecame(reader, account, of.conversation))
  return conversation && carryOut(parts, { ...asked, of: { conversation } })
}

async function carryOut(parts: Parts, erasing: Erasing): Promise<Erased | null>
async function carryOut(parts: Parts, erasing: Erasing, whyNot: typeof whyNotErased): Promise<Erased | NotErased | null>
async function carryOut({ db, road, point }: Parts, erasing: Erasing, whyNot?: typeof whyNotErased) {
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
      const refused = 'person' in of && whyNot ? await whyNot(turns.tx, account, of.person) : null
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
