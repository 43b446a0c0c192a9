import type { AccountId, AddressId, ConversationId, Medium, PersonId, SiteId } from '@parley/model'
import { newId } from '@parley/model'
import { addressKey, isTypedMedium, readAddress } from '@parley/rules'
import { sql } from 'kysely'
import { keyForms, type Writer } from '../db/index.ts'
import { addPerson, addressColumns } from '../people/index.ts'

/** Somebody who writes to an address of ours that is nobody's place. */
export interface Sender {
  readonly medium: Medium
  /** As their medium gives it. */
  readonly address: string
  /** Does the medium vouch for it? What is only claimed is never taken for somebody who is known. */
  readonly isProven: boolean
}

export interface FoundSender {
  readonly person: PersonId
  readonly address: AddressId
  readonly language: string
  /** The open conversation on this site that they used last. */
  readonly open: ConversationId | null
}

/** One at a time for each address, so that two messages that arrive at once begin one conversation. Until the end of the transaction. */
export async function lockSender(tx: Writer, account: AccountId, { medium, address }: Sender): Promise<void> {
  const name = `sender ${account} ${medium} ${addressKey(medium, address)}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

/**
 * The visitor whose address this is: of several the one who spoke last on this site. Whose address nobody vouches for is only the one who
 * began with the same unproven address before.
 */
export async function findSender(
  tx: Writer,
  { account, site, sender }: { account: AccountId; site: SiteId; sender: Sender },
): Promise<FoundSender | null> {
  const key = addressKey(sender.medium, sender.address)
  const { rows } = await sql<FoundSender>`
    select a.person_id as person, a.address_id as address, p.language, c.conversation_id as open
    from address a
    join person p on p.account_id = a.account_id and p.person_id = a.person_id and p.kind = 'visitor'
    -- By the last words that they may read themselves: what others say among each other does not decide where they go on.
    left join lateral (select c.conversation_id, coalesce(own.at, c.created_at) as last_at from conversation c
      left join lateral (select max(l.at) as at from span s cross join lateral (
          select m.at from placement p join message m on m.account_id = p.account_id and m.message_id = p.message_id
          where p.account_id = s.account_id and p.interaction_id = s.interaction_id and p.position between s.from_position and s.until order by p.position desc limit 1) l
        where s.account_id = c.account_id and s.conversation_id = c.conversation_id and s.person_id = a.person_id) own on true
      where c.account_id = a.account_id and c.visitor_id = a.person_id and c.site_id = ${site} and c.state = 'open'
      order by 2 desc limit 1) c on true
    where a.account_id = ${account} and a.medium = ${sender.medium} and a.value_key = any(${keyForms(tx, key)}::text[])
      and (case when ${sender.isProven} then a.state <> 'unproven' else a.state = 'unproven' and exists (
        select from conversation b where b.account_id = a.account_id and b.visitor_id = a.person_id
          and b.metadata->>'beganOver' = ${sender.medium}) end)
    order by c.last_at desc nulls last, a.created_at desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** A visitor of whom nothing is known but the address that they write from. */
export async function makeSender(
  tx: Writer,
  wanted: { account: AccountId; site: SiteId | null; sender: Sender; language: string },
  now: Date,
): Promise<{ person: PersonId; address: AddressId }> {
  const { account, site, language, sender } = wanted
  const { medium, isProven } = sender
  const key = addressKey(medium, sender.address)
  const address = newId<AddressId>()
  const person = await addPerson(tx, { account, kind: 'visitor', site, language }, now)
  await tx
    .insertInto('address')
    .values({
      account_id: account,
      address_id: address,
      person_id: person,
      medium,
      ...(await addressColumns(tx, { account, person, address, value: valueToSend(sender), key })),
      position: 0,
      state: isProven ? 'proven' : 'unproven',
      proven_at: isProven ? now : null,
      failing_reason: null,
      created_at: now,
    })
    .execute()
  return { person, address }
}

/** As channels are given it. What cannot be read as one is what its own medium called it. */
function valueToSend({ medium, address }: Sender): string {
  const read = isTypedMedium(medium) ? readAddress(medium, address, { countries: [], ownDomains: [] }) : null
  return read?.ok ? read.value : address.trim()
}
