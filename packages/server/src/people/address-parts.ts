import type { Channel } from '@parley/channel-sdk'
import type { AccountId } from '@parley/model'
import { type TypedMedium, typedMedia } from '@parley/rules'
import type { Reader } from '../db/index.ts'

/** What of the installation decides which addresses people can have. */
export interface AddressParts {
  /** Domains on which every address is one of ours, in lower case. */
  readonly ownDomains: readonly string[]
  readonly channels: readonly Pick<Channel, 'medium' | 'abilities' | 'repeatsUnknown'>[]
}

/** The media on which people of this account can have an address: those that a channel speaks. */
export async function mediaToHave(_reader: Reader, _account: AccountId, parts: AddressParts): Promise<TypedMedium[]> {
  return typedMedia.filter((medium) => parts.channels.some((channel) => channel.medium === medium))
}

/** Does every message on this medium cost something? What must not be repeated blindly is what costs. */
export function costs(parts: AddressParts, medium: TypedMedium): boolean {
  return parts.channels.some((channel) => channel.medium === medium && !channel.repeatsUnknown)
}
