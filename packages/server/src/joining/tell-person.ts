import { type AccountId, oneWayMedia, type PersonId } from '@parley/model'
import type { Writer } from '../db/index.ts'
import { enqueue } from '../delivery/index.ts'

/** Tells somebody something that belongs to no conversation, over the first of their proven addresses; nobody without one is told. */
export async function tellPerson(
  tx: Writer,
  wanted: { account: AccountId; person: PersonId; template: string; params: Record<string, string> },
  now: Date,
): Promise<void> {
  const { account, person, template, params } = wanted
  const address = await tx
    .selectFrom('address')
    .select(['address_id', 'medium'])
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('state', '=', 'proven')
    .where('medium', 'not in', oneWayMedia)
    .orderBy('position')
    .executeTakeFirst()
  if (!address) return
  const nowhere = { conversation: null, interaction: null, participant: null, relay: null }
  const to = { account, owner: person, person, address: address.address_id, medium: address.medium }
  await enqueue(tx, [{ ...to, ...nowhere, what: { kind: 'notice', notice: { template, params } } }], now)
}

/** All who administer the account. */
export async function tellAdministrators(
  tx: Writer,
  wanted: { account: AccountId; template: string; params: Record<string, string> },
  now: Date,
): Promise<void> {
  const all = await tx
    .selectFrom('responder')
    .select('person_id')
    .where('account_id', '=', wanted.account)
    .where('role', '=', 'administrator')
    .where('state', 'in', ['active', 'paused'])
    .limit(20)
    .execute()
  for (const { person_id: person } of all) await tellPerson(tx, { ...wanted, person }, now)
}
