import type { AccountId, ConversationId, PersonId, SiteId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import { addPerson } from '../people/index.ts'
import { addressFor } from './endpoint.ts'

/** Somebody for whom a program acts: itself (`as` null), or who is outside, by the program's own name for them. */
export interface Actor {
  readonly person: PersonId
  readonly as: string | null
}

/** The person behind the program's name for them, made when it is first used. Nobody else's program finds them by it. */
export async function outsidePerson(
  tx: Writer,
  wanted: { account: AccountId; program: PersonId; key: string; site: SiteId; language: string },
  now: Date,
): Promise<PersonId> {
  const { account, program, key, site, language } = wanted
  // Two requests at once make one person.
  await tx
    .selectFrom('program')
    .select('person_id')
    .where('account_id', '=', account)
    .where('person_id', '=', program)
    .forUpdate()
    .execute()
  const known = await tx
    .selectFrom('outside_person')
    .select('person_id')
    .where('account_id', '=', account)
    .where('program_id', '=', program)
    .where('key', '=', key)
    .executeTakeFirst()
  if (known) return known.person_id
  const person = await addPerson(tx, { account, kind: 'visitor', site, language }, now)
  await tx
    .insertInto('outside_person')
    .values({ account_id: account, program_id: program, key, person_id: person, created_at: now })
    .execute()
  await addressFor(tx, { account, program }, { person, key }, now)
  return person
}

/** Everyone for whom a program acts, itself included: an array for `= any(…)`, which an index can be asked by. */
export const actorsOf = ({ account, program }: { account: AccountId; program: PersonId }) => sql`array(
  select ${program}::uuid union all select person_id from outside_person where account_id = ${account} and program_id = ${program})`

/** As whom the program is in a conversation; `as`: only as that one. Null where it is not, or may not see anything. */
export async function actorIn(
  reader: Reader,
  {
    account,
    program,
    conversation,
    as,
  }: { account: AccountId; program: PersonId; conversation: ConversationId; as?: string },
): Promise<Actor | null> {
  const { rows } = await sql<Actor>`
    select s.person_id as person, o.key as as from span s
    left join outside_person o on o.account_id = s.account_id and o.person_id = s.person_id and o.program_id = ${program}
    where s.account_id = ${account} and s.conversation_id = ${conversation} and (s.person_id = ${program} or o.person_id is not null)
    order by s.person_id = ${program} desc limit 100`.execute(reader)
  return (as === undefined ? rows[0] : rows.find((row) => row.as === as)) ?? null
}
