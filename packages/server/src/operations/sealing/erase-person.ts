import type { ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Database, type Reader, sealingOf } from '../../db/index.ts'
import { isLastAdministrator } from '../../people/index.ts'
import type { Actor } from '../operation.ts'
import { operation, refused } from '../operation.ts'
import { blobsBy, keepKeysBy, removePerson } from './erase-person-rows.ts'
import { vacuumAfter } from './vacuum-after.ts'

/** Their words, names, addresses and keys, in every conversation; what others said stays. */
export const erasePerson = operation({
  name: 'erase-person',
  summary:
    'Erase a person: their words, files, names and addresses everywhere; the words of others stay; it cannot be undone',
  input: z.strictObject({ person: z.uuid() }),
  refusals: ['wrong-state'],
  touches: (db, { account }, { person }) => conversationsWith(db, account, person as PersonId),
  async perform(turns, actor, { person: named }, { db }) {
    const person = named as PersonId
    const { account } = actor
    if (actor.role !== 'administrator') return refused('not-there')
    const { tx, now } = turns
    if (await isLastAdministrator(tx, account, person)) return refused('wrong-state')
    const blobs = await blobsBy(tx, account, person)
    await keepKeysBy(tx, account, person, now)
    const { values } = sealingOf(tx)
    for (const blob of blobs) await values.destroy(account, { blob })
    await values.destroy(account, { person })
    await removePerson(tx, account, person, blobs, now)
    for (const turn of turns.all) await turn.restructure()
    turns.became.push(person)
    turns.afterwards.push(async () => {
      await endSignIn(db, account, person)
      await vacuumAfter(db)
    })
    return { ok: true, result: {} }
  },
})

/** Null where there is no such person. */
async function conversationsWith(
  db: Reader,
  account: Actor['account'],
  person: PersonId,
): Promise<ConversationId[] | null> {
  const { rows } = await sql<{ id: ConversationId | null }>`
    select null::uuid as id from person where account_id = ${account} and person_id = ${person}
    union select conversation_id from participant where account_id = ${account} and person_id = ${person}
    union select conversation_id from message where account_id = ${account} and person_id = ${person}
    union select conversation_id from conversation where account_id = ${account} and visitor_id = ${person}
    order by id nulls first`.execute(db)
  return rows.length === 0 ? null : rows.flatMap(({ id }) => (id === null ? [] : [id]))
}

/** What they signed in with lies in a schema of its own, under no account's wall. */
async function endSignIn({ workerPool }: Database, account: Actor['account'], person: PersonId): Promise<void> {
  await workerPool.query(
    `with held as (delete from sign_in.holder where account_id = $1 and person_id = $2 returning user_id)
     delete from sign_in.login where id in (select user_id from held)`,
    [account, person],
  )
}
