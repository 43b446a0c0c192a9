import type { AccountId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/**
 * Whose national phone numbers are understood from this person, the likeliest first: where they seem to be, the countries of their site,
 * then those of the account's other sites.
 */
export async function countriesOf(
  reader: Reader,
  account: AccountId,
  person: PersonId,
  seemsIn: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ country: string }>`
    select c.country from site s
    cross join lateral jsonb_array_elements_text(coalesce(s.policy->'countries', '[]')) with ordinality as c(country, place)
    where s.account_id = ${account}
    order by s.site_id is distinct from (
      select p.site_id from person p where p.account_id = ${account} and p.person_id = ${person}), s.created_at, s.site_id, c.place
    limit 50`.execute(reader)
  const first = seemsIn?.slice(0, 2)
  return [...new Set([...(first ? [first] : []), ...rows.map(({ country }) => country)])]
}
