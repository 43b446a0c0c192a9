import { createHash } from 'node:crypto'
import type { AccountId, AddressId, PersonId } from '@parley/model'
import type { Database, Writer } from '../db/index.ts'
import { addProvenAddress, removeAddress } from '../people/index.ts'

/** A subscription that a channel has read (`Subscriptions.read`). */
export interface ReadSubscription {
  readonly to: string
  readonly key: string
}

export interface KeptSubscription {
  readonly id: AddressId
  readonly showsWords: boolean
}

/**
 * A browser subscribed, or said again what it may show. It is theirs from now on and nobody else's: a browser that two people use after
 * each other tells only the one who signed in last.
 */
export async function keepSubscription(
  db: Database,
  wanted: {
    readonly account: AccountId
    readonly person: PersonId
    readonly subscription: ReadSubscription
    /** What its owner sees it called. */
    readonly name: string
    /** The path of our page that is opened there; null for the desk. */
    readonly page: string | null
    readonly showsWords: boolean
  },
  now: Date,
): Promise<KeptSubscription> {
  const { account, person, subscription, name: value, page, showsWords } = wanted
  const key = keyOf(subscription.key)
  await takeFromOthers(db, { account, person, key }, now)
  return db.write(account, async (tx) => {
    const add = () => addProvenAddress(tx, { account, person, medium: 'push', value, key }, now)
    let added = await add()
    if (!added.ok) {
      await dropOldest(tx, account, person, now)
      added = await add()
    }
    if (!added.ok) throw new Error('there is no room for a subscription after one was dropped')
    await tx
      .updateTable('address')
      .set({ target: subscription.to, page, shows_words: showsWords })
      .where('account_id', '=', account)
      .where('address_id', '=', added.address)
      .execute()
    return { id: added.address, showsWords }
  })
}

/** The subscription of this very browser, if it is this person's and works. */
export async function findSubscription(
  db: Database,
  wanted: { account: AccountId; person: PersonId; key: string },
): Promise<KeptSubscription | null> {
  const row = await db.read(wanted.account, (reader) =>
    reader
      .selectFrom('address')
      .select(['address_id', 'shows_words'])
      .where('account_id', '=', wanted.account)
      .where('person_id', '=', wanted.person)
      .where('value_key', '=', keyOf(wanted.key))
      .where('target', 'is not', null)
      .where('state', '=', 'proven')
      .executeTakeFirst(),
  )
  return row ? { id: row.address_id, showsWords: row.shows_words } : null
}

/**
 * The push service gave a browser another endpoint. Whoever knows the old one, which is a secret between the browser, its push service and
 * us, says so. False when we do not know it.
 */
export async function renewSubscription(
  db: Database,
  old: string,
  renewed: ReadSubscription,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db.workers
    .updateTable('address')
    .set({ target: renewed.to, value_key: keyOf(renewed.key), state: 'proven', proven_at: now, failing_reason: null })
    .where('value_key', '=', keyOf(old))
    .where('target', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function takeFromOthers(
  db: Database,
  { account, person, key }: { account: AccountId; person: PersonId; key: string },
  now: Date,
): Promise<void> {
  const others = await db.workers
    .selectFrom('address')
    .select(['account_id', 'person_id', 'address_id'])
    .where('value_key', '=', key)
    .where('target', 'is not', null)
    .where((eb) => eb.or([eb('account_id', '<>', account), eb('person_id', '<>', person)]))
    .execute()
  for (const other of others) {
    const gone = { account: other.account_id, person: other.person_id, address: other.address_id }
    await db.write(gone.account, (tx) => removeAddress(tx, gone, now))
  }
}

async function dropOldest(tx: Writer, account: AccountId, person: PersonId, now: Date): Promise<void> {
  const oldest = await tx
    .selectFrom('address')
    .select('address_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('medium', '=', 'push')
    .orderBy('proven_at')
    .limit(1)
    .executeTakeFirst()
  if (oldest) await removeAddress(tx, { account, person, address: oldest.address_id }, now)
}

/** An endpoint is a secret: what it is found by is not. */
function keyOf(key: string): string {
  return createHash('sha256')
    .update(URL.canParse(key) ? new URL(key).href : key)
    .digest('base64url')
}
