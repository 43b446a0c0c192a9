import type { AccountId, PersonId } from '@parley/model'
import type { ProgramView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader, Tables, Writer } from '../db/index.ts'
import { addPerson } from '../people/index.ts'
import { listKeys } from './api-keys.ts'
import { urlOf } from './endpoint-address.ts'

/**
 * A program is somebody who answers, by the same rules as everyone: hunted by criteria, admitted, paused, removed. It has no sign-in. It is
 * paused at first, so that it is asked nothing before somebody has said what it is for.
 */
export async function makeProgram(
  tx: Writer,
  wanted: { account: AccountId; name: string; alias: string; language: string; by: PersonId },
  now: Date,
): Promise<PersonId> {
  const { account, name, alias, language, by } = wanted
  const person = await addPerson(tx, { account, kind: 'virtual', name, language }, now)
  await tx
    .insertInto('responder')
    .values({ account_id: account, person_id: person, alias, state: 'paused', capacity: null, role: 'responder' })
    .execute()
  await tx
    .insertInto('program')
    .values({ account_id: account, person_id: person, created_by: by, created_at: now })
    .execute()
  return person
}

/** What it is called: by us, and by those to whom it speaks. */
export async function changeProgram(
  tx: Writer,
  {
    account,
    program,
    name,
    alias,
  }: { account: AccountId; program: PersonId; name?: string | undefined; alias?: string | undefined },
): Promise<void> {
  if (name !== undefined) {
    await tx
      .updateTable('person')
      .set({ name })
      .where('account_id', '=', account)
      .where('person_id', '=', program)
      .execute()
  }
  if (alias !== undefined) {
    await tx
      .updateTable('responder')
      .set({ alias })
      .where('account_id', '=', account)
      .where('person_id', '=', program)
      .execute()
  }
}

interface Row {
  id: PersonId
  name: string | null
  alias: string
  language: string
  state: Tables['responder']['state']
  endpoint: { value: string; state: Tables['address']['state']; failing: string | null } | null
  secret_number: number
  old_secret_until: Date | null
  created_at: Date
}

/** The account's programs with their keys and endpoints, for administrators. */
export async function listPrograms(reader: Reader, account: AccountId): Promise<ProgramView[]> {
  const { rows } = await sql<Row>`
    select g.person_id as id, p.name, r.alias, p.language, r.state, g.secret_number, g.old_secret_until, g.created_at,
      (select json_build_object('value', a.value, 'state', a.state, 'failing', a.failing_reason) from address a
        where a.account_id = g.account_id and a.person_id = g.person_id and a.medium = 'api' limit 1) as endpoint
    from program g
    join person p on p.account_id = g.account_id and p.person_id = g.person_id
    join responder r on r.account_id = g.account_id and r.person_id = g.person_id
    where g.account_id = ${account} and r.state <> 'removed'
    order by lower(p.name), g.person_id`.execute(reader)
  const keys = await listKeys(reader, account)
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? '',
    alias: row.alias,
    language: row.language,
    state: row.state === 'paused' ? 'paused' : 'active',
    createdAt: row.created_at.toISOString(),
    endpoint: row.endpoint && {
      url: urlOf(row.endpoint.value),
      state: row.endpoint.state,
      failing: row.endpoint.failing,
      oldSecretUntil: row.old_secret_until?.toISOString() ?? null,
    },
    keys: keys.flatMap(({ program, ...key }) => (program === row.id ? [key] : [])),
  }))
}
