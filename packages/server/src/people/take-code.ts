import { createHash } from 'node:crypto'
import { type AccountId, hours, type Id, newId, type PersonId } from '@parley/model'
import { sql } from 'kysely'
import { keyForms, type Writer } from '../db/index.ts'

const windowMs = hours(1)

/** How many codes go out in an hour: for one person, to one address, from one network. Fewer where each costs something. */
const bounds = {
  free: { person: 10, address: 5, network: 60, account: 5_000 },
  costly: { person: 5, address: 3, network: 10, account: 500 },
} as const

export interface CodeFor {
  readonly account: AccountId
  readonly person: PersonId
  readonly medium: string
  readonly key: string
  /** Where the wish comes from; null when it came over a medium that does not say. */
  readonly network: string | null
  readonly costs: boolean
}

/** May another code go out? Then it is counted, in the caller's transaction. */
export async function takeCode(
  tx: Writer,
  { account, person, medium, key, network, costs }: CodeFor,
  now: Date,
): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }> {
  // There are few numbers, and fewer networks: a hash without a key would be tried through in no time.
  const hash = (text: string) => hashOf(keyForms(tx, text).at(-1) ?? text)
  const address = hash(`${medium} ${key}`)
  const from = network === null ? null : hash(network)
  const since = new Date(now.getTime() - windowMs)
  // Two who ask for the same address at once: one of them is told to wait, and neither waits for the other.
  const { rows: locked } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(encode(${address}, 'hex'), 29)) as mine`.execute(tx)
  const { rows } = await sql<Record<keyof typeof bounds.free, number>>`
    select count(*) filter (where person_id = ${person})::int as person, count(*) filter (where address_hash = ${address})::int as address,
      count(*) filter (where network_hash = ${from})::int as network, count(*)::int as account
    from code_sent where account_id = ${account} and sent_at > ${since}`.execute(tx)
  const [sent] = rows
  const most = bounds[costs ? 'costly' : 'free']
  const isTooMany = !sent || (Object.keys(most) as (keyof typeof most)[]).some((what) => sent[what] >= most[what])
  if (!locked[0]?.mine || isTooMany) return { ok: false, retryAfterSeconds: windowMs / 1000 }
  await sql`delete from code_sent where account_id = ${account} and sent_at <= ${since}`.execute(tx)
  await tx
    .insertInto('code_sent')
    .values({
      account_id: account,
      code_id: newId<Id<'code'>>(),
      person_id: person,
      address_hash: address,
      network_hash: from,
      sent_at: now,
    })
    .execute()
  return { ok: true }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
