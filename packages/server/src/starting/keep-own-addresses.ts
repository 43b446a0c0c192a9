import { type AccountId, newId, type OwnAddressId, type SiteId, type TopicId } from '@parley/model'
import type { NewOwnAddressRequest, OwnAddressesView, OwnAddressPatch, OwnAddressView } from '@parley/protocol'
import { addressKey, phraseOf, readAddress, type TypedMedium, typedMedia } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import type { AddressParts } from '../people/index.ts'

export type KeepRefusal =
  | 'not-there'
  | 'malformed'
  | 'no-such-medium'
  | 'address-taken'
  | 'site-needed'
  | 'unknown-choice'
  | 'keyword-empty'

type Kept = { ok: true; id: OwnAddressId } | { ok: false; refusal: KeepRefusal }

/** Every address of ours that is not made for one place, with how much it is used. */
export async function listOwnAddresses(
  reader: Reader,
  account: AccountId,
  parts: AddressParts,
): Promise<OwnAddressesView> {
  const { rows } = await sql<Omit<OwnAddressView, 'createdAt'> & { created_at: Date }>`
    select w.own_address_id as id, w.medium, w.value, w.purpose, w.site_id as site, w.language, w.created_at,
      w.state = 'retired' as "isRetired",
      (select coalesce(json_agg(json_build_object('keyword', k.keyword, 'topic', k.topic_id) order by k.keyword), '[]')
        from own_keyword k where k.account_id = w.account_id and k.own_address_id = w.own_address_id) as keywords,
      (select count(*)::int from relay_address r join conversation c on c.account_id = r.account_id
          and c.conversation_id = r.conversation_id and c.state = 'open'
        where r.account_id = w.account_id and r.own_address_id = w.own_address_id and r.state = 'active') as places,
      (select count(*)::int from conversation c where c.account_id = w.account_id and c.own_address_id = w.own_address_id
        and c.state = 'open') as begun
    from own_address w where w.account_id = ${account} order by w.state, w.created_at, w.own_address_id`.execute(reader)
  return {
    media: typedMedia.flatMap((medium) => {
      const channel = parts.channels.find((one) => one.medium === medium)
      return channel ? [{ medium, isShared: channel.abilities.addresses === 'pooled' }] : []
    }),
    addresses: rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.toISOString() })),
  }
}

export async function addOwnAddress(
  tx: Writer,
  account: AccountId,
  parts: AddressParts,
  wanted: NewOwnAddressRequest,
  now: Date,
): Promise<Kept> {
  const { medium, purpose, site = null, language = null } = wanted
  const channel = parts.channels.find((one) => one.medium === medium)
  if (!channel) return { ok: false, refusal: 'no-such-medium' }
  const value = readOwn(medium, wanted.value)
  if (value === null) return { ok: false, refusal: 'malformed' }
  const refusal = await whyNot(tx, account, { purpose, site })
  if (refusal) return { ok: false, refusal }
  const id = newId<OwnAddressId>()
  const { rows } = await sql`
    insert into own_address (account_id, own_address_id, medium, value, value_key, site_id, purpose, language, created_at)
    values (${account}, ${id}, ${medium}, ${value}, ${addressKey(medium, value)}, ${site},
      ${channel.abilities.addresses === 'pooled' ? purpose : 'public'}, ${language}, ${now})
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0 ? { ok: true, id } : { ok: false, refusal: 'address-taken' }
}

export async function changeOwnAddress(
  tx: Writer,
  account: AccountId,
  id: OwnAddressId,
  change: { readonly [K in keyof OwnAddressPatch]?: OwnAddressPatch[K] | undefined },
): Promise<Kept> {
  const row = await tx
    .selectFrom('own_address')
    .select(['purpose', 'site_id as site'])
    .where('account_id', '=', account)
    .where('own_address_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return { ok: false, refusal: 'not-there' }
  const purpose = change.purpose ?? row.purpose
  const site = change.site === undefined ? row.site : (change.site as SiteId | null)
  const refusal = await whyNot(tx, account, { purpose, site })
  if (refusal) return { ok: false, refusal }
  if (change.keywords) {
    const refused = await setOwnKeywords(tx, account, id, change.keywords)
    if (refused) return { ok: false, refusal: refused }
  }
  await tx
    .updateTable('own_address')
    .set({ purpose, site_id: site, ...(change.language === undefined ? {} : { language: change.language }) })
    .where('account_id', '=', account)
    .where('own_address_id', '=', id)
    .execute()
  return { ok: true, id }
}

/** Nobody begins there any more and no place gets it; those that have it go on until they end. */
export async function retireOwnAddress(tx: Writer, account: AccountId, id: OwnAddressId): Promise<boolean> {
  const retired = await tx
    .updateTable('own_address')
    .set({ state: 'retired' })
    .where('account_id', '=', account)
    .where('own_address_id', '=', id)
    .executeTakeFirst()
  return retired.numUpdatedRows > 0n
}

/** Numbers of ours need not be a person's: short ones, and those that cost their caller nothing. */
function readOwn(medium: TypedMedium, typed: string): string | null {
  const read = readAddress(medium, typed, { countries: [], ownDomains: [] })
  if (read.ok) return read.value
  const digits = typed.replaceAll(/[\s().-]/g, '')
  return medium === 'sms' && /^(?:\+[1-9]\d{6,14}|[1-9]\d{2,7})$/.test(digits) ? digits : null
}

async function whyNot(
  tx: Writer,
  account: AccountId,
  { purpose, site }: { purpose: OwnAddressView['purpose']; site: string | null },
): Promise<KeepRefusal | null> {
  if (site === null) return purpose === 'pool' ? null : 'site-needed'
  const found = await sql`select 1 from site where account_id = ${account} and site_id = ${site}`.execute(tx)
  return found.rows.length > 0 ? null : 'unknown-choice'
}

async function setOwnKeywords(
  tx: Writer,
  account: AccountId,
  id: OwnAddressId,
  keywords: NonNullable<OwnAddressPatch['keywords']>,
): Promise<KeepRefusal | null> {
  const byWords = new Map<string, { keyword: string; topic: TopicId }>()
  for (const { keyword, topic } of keywords) {
    const phrase = phraseOf(keyword)
    if (phrase.words.length === 0) return 'keyword-empty'
    byWords.set(`${phrase.words.join(' ')}${phrase.isOpen ? '*' : ''}`, { keyword, topic: topic as TopicId })
  }
  const wanted = [...byWords.values()]
  const topics = [...new Set(wanted.map(({ topic }) => topic))]
  const known = await sql<{ count: number }>`
    select count(*)::int as count from topic where account_id = ${account} and topic_id = any(${topics}::uuid[])`.execute(
    tx,
  )
  if ((known.rows[0]?.count ?? 0) !== topics.length) return 'unknown-choice'
  await tx.deleteFrom('own_keyword').where('account_id', '=', account).where('own_address_id', '=', id).execute()
  if (wanted.length === 0) return null
  await tx
    .insertInto('own_keyword')
    .values(wanted.map(({ keyword, topic }) => ({ account_id: account, own_address_id: id, keyword, topic_id: topic })))
    .execute()
  return null
}
