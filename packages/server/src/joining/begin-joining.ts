import { type AccountId, days, minutes, type PersonId } from '@parley/model'
import type { Criteria } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'
import { type AddAddress, type AddressParts, addAddress, addPerson, type NewAddress } from '../people/index.ts'
import { makeAccessKey } from '../visitors/index.ts'

export interface Joiner {
  readonly name: string
  readonly alias: string
  readonly language: string
  readonly address: Pick<NewAddress, 'medium' | 'value' | 'seemsIn' | 'network'>
  readonly wants: Criteria
}

export type BeginJoining = { ok: true; key: string } | Extract<AddAddress, { ok: false }>

const keyLastsMs = minutes(60)
const unfinishedLastsMs = days(2)

/**
 * Somebody would like to join: a code goes to their address, and nothing else happens before it comes back. The answer is the same for an
 * address that is known here already; whose it is shows only to who can read its mail.
 */
export async function beginJoining(
  tx: Writer,
  addresses: AddressParts,
  wanted: { account: AccountId; joiner: Joiner; invitation: string | undefined },
  now: Date,
): Promise<BeginJoining> {
  const { account, joiner } = wanted
  await forgetUnfinished(tx, account, now)
  const { name, language } = joiner
  const person = await addPerson(tx, { account, kind: 'responder', name, language }, now)
  await tx
    .insertInto('responder')
    .values({ account_id: account, person_id: person, alias: joiner.alias, state: 'joining', capacity: null })
    .execute()
  await tx
    .insertInto('criteria')
    .values({ account_id: account, person_id: person, wants: JSON.stringify(joiner.wants), updated_at: now })
    .execute()
  const added = await addAddress(tx, addresses, { account, person, ...joiner.address }, now)
  if (!added.ok) {
    await forgetPeople(tx, account, [person])
    return added
  }
  const key = await makeAccessKey(tx, {
    account,
    purpose: 'joining',
    person,
    bound: { address: added.address, ...(wanted.invitation ? { invitation: wanted.invitation } : {}) },
    lastsMs: keyLastsMs,
    now,
  })
  return { ok: true, key }
}

/** Whoever began and did not finish leaves nothing behind. */
async function forgetUnfinished(tx: Writer, account: AccountId, now: Date): Promise<void> {
  const stale = await tx
    .selectFrom('responder')
    .innerJoin('person', (join) =>
      join
        .onRef('person.account_id', '=', 'responder.account_id')
        .onRef('person.person_id', '=', 'responder.person_id'),
    )
    .select('responder.person_id')
    .where('responder.account_id', '=', account)
    .where('responder.state', '=', 'joining')
    .where('person.created_at', '<', new Date(now.getTime() - unfinishedLastsMs))
    .limit(100)
    .execute()
  await forgetPeople(
    tx,
    account,
    stale.map(({ person_id }) => person_id),
  )
}

/** Only of people who never got further than `joining`: nothing else knows of them. */
export async function forgetPeople(tx: Writer, account: AccountId, people: readonly PersonId[]): Promise<void> {
  if (people.length === 0) return
  for (const table of ['access_key', 'address', 'criteria', 'responder', 'person'] as const) {
    await sql`delete from ${sql.table(table)} where account_id = ${account} and person_id = any(${[...people]}::uuid[])`.execute(
      tx,
    )
  }
}
