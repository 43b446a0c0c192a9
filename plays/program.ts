import type { AccountId, PersonId } from '@parley/model'
import { type Database, makeKey, makeProgram } from '@parley/server'

/** A program as an administrator makes it, with a key that may do everything. */
export async function makeProgramWithKey(
  db: Database,
  { account, by, name, active }: { account: AccountId; by: PersonId; name: string; active: boolean },
): Promise<{ person: PersonId; key: string }> {
  const now = new Date()
  return db.write(account, async (tx) => {
    const person = await makeProgram(tx, { account, name, alias: 'Barometer', language: 'en', by }, now)
    if (active) {
      await tx
        .updateTable('responder')
        .set({ state: 'active' })
        .where('account_id', '=', account)
        .where('person_id', '=', person)
        .execute()
    }
    const scopes = ['read', 'answer', 'begin', 'manage'] as const
    const wanted = { account, program: person, name: 'play', scopes, by, expiresAt: null }
    const { secret } = await makeKey(tx, wanted, now)
    return { person, key: secret }
  })
}
