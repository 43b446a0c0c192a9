import type { Channel } from '@parley/channel-sdk'
import type { AccountId, Medium } from '@parley/model'
import { type TypedMedium, typedMedia } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** What of the installation decides which addresses people can have. */
export interface AddressParts {
  /** Domains on which every address is one of ours, in lower case. */
  readonly ownDomains: readonly string[]
  readonly channels: readonly Pick<Channel, 'medium' | 'abilities' | 'repeatsUnknown'>[]
}

/**
 * The media on which people of this account can have an address, in the order in which they are offered: those that a channel speaks, and
 * where its addresses are shared by places, the account has one to answer at.
 */
export async function mediaToHave(reader: Reader, account: AccountId, parts: AddressParts): Promise<TypedMedium[]> {
  const numbers = await reader
    .selectFrom('own_address')
    .select('medium')
    .distinct()
    .where('account_id', '=', account)
    .where('state', '=', 'active')
    .where('purpose', 'in', ['pool', 'both'])
    .execute()
  return typedMedia.filter((medium) =>
    parts.channels.some(
      (channel) =>
        channel.medium === medium &&
        (channel.abilities.addresses === 'per-place' || numbers.some((number) => number.medium === medium)),
    ),
  )
}

/** Is it an address of ours, of whichever account? Then nobody can have it as theirs. */
export async function isOwnAddress(reader: Reader, medium: TypedMedium, value: string, key: string): Promise<boolean> {
  const media = medium === 'sms' ? ['sms', 'mms'] : [medium]
  const { rows } = await sql<{ own: boolean }>`
    select is_own_address(${media}::text[], ${[key, value.toLowerCase()]}::text[]) as own`.execute(reader)
  return rows[0]?.own === true
}

/** Does every message on this medium cost something? What must not be repeated blindly is what costs. */
export function costs(parts: AddressParts, medium: Medium): boolean {
  return parts.channels.some((channel) => channel.medium === medium && !channel.repeatsUnknown)
}
