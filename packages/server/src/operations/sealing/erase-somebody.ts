import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { type Database, type Reader, sealingOf, type Writer } from '../../db/index.ts'
import { endAskingOf } from '../../hunting/index.ts'
import { isLastAdministrator } from '../../people/index.ts'
import { askerOn, type ParticipantPlace, type Structure, type Turns } from '../../road/index.ts'
import { afterGoing, endsWith, withdrawAskedBy } from '../after-going.ts'
import { writeChanges } from '../write-changes.ts'
import { blobsBy, keepKeysBy, keysNamedBy, removePerson, wordsOf } from './erase-person-rows.ts'
import { countErased, type Erased, type Erasing, type ErasingPoint, endErasing, noteErasing } from './erasing.ts'
import { listsWithWordsOf } from './lists-changed.ts'
import { vacuumAfter } from './vacuum-after.ts'

/** A person's words, names, addresses and keys, in every conversation; what others said stays. In the order in which a conversation is erased. */
export async function eraseSomebody(
  turns: Turns,
  person: PersonId,
  erasing: Erasing,
  { db, point = () => {} }: { db: Database; point?: (name: ErasingPoint) => Promise<void> | void },
): Promise<Erased> {
  const { tx, now } = turns
  const { account } = erasing
  const { values } = sealingOf(tx)
  await noteErasing(db, erasing, now)
  await point('noted')
  const blobs = await blobsBy(tx, account, person)
  const erased = await countErased(tx, account, {
    messages: wordsOf(person),
    files: sql`f.blob_id = any(${blobs}::uuid[])`,
    deliveries: sql`d.person_id = ${person}`,
  })
  await keepKeysBy(tx, account, person, now)
  for (const whose of await keysNamedBy(tx, account, person)) await values.destroy(account, whose)
  for (const blob of blobs) await values.destroy(account, { blob })
  await values.destroy(account, { person })
  await endSignIn(db, account, person)
  await point('keys-destroyed')
  const [first] = turns.all
  first?.changed.push(...(await listsWithWordsOf(tx, account, person)))
  for (const turn of turns.all) await endAskingOf(turn, person)
  const parts = turns.all.map((turn) => ({ turn, places: placesOf(turn.structure, person) }))
  const over = parts.flatMap(({ turn, places }) => endsWith(turn.structure, places))
  for (const { turn, places } of parts) for (const place of places) await withdrawAskedBy(turn, place)
  await removePerson(tx, account, person, blobs, now)
  await writeChanges(turns, account, over)
  for (const turn of turns.all) await turn.restructure()
  for (const { turn, places } of parts) await afterGoing(turn, places, erasing.by)
  await endErasing(tx, erasing)
  await point('rows-removed')
  turns.became.push(person)
  turns.afterwards.push(() => vacuumAfter(db))
  return erased
}

/** Where they are, for others: who asked themselves is not answered by anybody else any more. */
function placesOf(structure: Structure, person: PersonId): ParticipantPlace[] {
  return structure.participants.filter((place) => {
    const ticket = structure.interactions.get(place.interaction)?.ticket
    return place.person === person && !place.left && ticket !== undefined && askerOn(structure, ticket) !== person
  })
}

/** Why nobody may erase this person, whoever asks; null where they may be. Asked before it is noted: what is noted will be done. */
export async function whyNotErased(tx: Writer, account: AccountId, person: PersonId): Promise<NotErased | null> {
  return (await isLastAdministrator(tx, account, person)) ? 'last-administrator' : null
}

export type NotErased = 'last-administrator'

/** Null where there is no such person. */
export async function conversationsWith(
  db: Reader,
  account: AccountId,
  person: PersonId,
): Promise<ConversationId[] | null> {
  const { rows } = await sql<{ id: ConversationId | null }>`
    select null::uuid as id from person where account_id = ${account} and person_id = ${person}
    union select conversation_id from participant where account_id = ${account} and person_id = ${person}
    union select p.conversation_id from message m join placement p on p.account_id = m.account_id and p.message_id = m.message_id
      where m.account_id = ${account} and ${wordsOf(person)}
    union select conversation_id from conversation where account_id = ${account} and visitor_id = ${person}
    order by id nulls first`.execute(db)
  return rows.length === 0 ? null : rows.flatMap(({ id }) => (id === null ? [] : [id]))
}

/**
 * What they signed in with lies in a schema of its own, under no account's wall: it goes before the rows by which it is found, and what
 * hangs on it with it.
 */
async function endSignIn({ workerPool }: Database, account: AccountId, person: PersonId): Promise<void> {
  await workerPool.query(
    `with held as (delete from sign_in.holder where account_id = $1 and person_id = $2 returning user_id),
       gone as (delete from sign_in.login where id in (select user_id from held) returning id, email)
     delete from sign_in.challenge c using gone g
     where c.identifier = g.email or position(g.email in c.value) > 0 or position(g.id in c.value) > 0 or position(g.id in c.identifier) > 0`,
    [account, person],
  )
}
