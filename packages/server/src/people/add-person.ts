import { type AccountId, newId, type PersonId, type SiteId } from '@parley/model'
import type { Tables, Writer } from '../db/index.ts'

/** Somebody new, of whom nothing else is known. `site`: the one that a visitor came to. */
export async function addPerson(
  tx: Writer,
  person: {
    account: AccountId
    kind: Tables['person']['kind']
    site?: SiteId | null
    name?: string | null
    language: string
  },
  now: Date,
): Promise<PersonId> {
  const id = newId<PersonId>()
  await tx
    .insertInto('person')
    .values({
      account_id: person.account,
      person_id: id,
      kind: person.kind,
      site_id: person.site ?? null,
      name: person.name ?? null,
      language: person.language,
      region: null,
      created_at: now,
    })
    .execute()
  return id
}
