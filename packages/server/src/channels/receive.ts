import type { Channel, Inbound, Receipt } from '@parley/channel-sdk'
import type { Clock } from '@parley/model'
import { checkFiles, type Vault, type VirusScanner } from '../attachments/index.ts'
import type { Database } from '../db/index.ts'
import { findOwnAddress, findRelay } from '../delivery/index.ts'
import type { Road } from '../road/index.ts'
import type { StartingParts } from '../starting/index.ts'
import { isKnown } from './is-known.ts'
import { receiveAtOwn } from './receive-at-own.ts'
import { mailKey } from './say-mail.ts'
import { noteAutomatic, takeInPlace } from './take-in-place.ts'

export interface ReceiveParts extends StartingParts {
  readonly db: Database
  readonly road: Road
  readonly vault: Vault
  /** Looks at every file that comes in, where there is one. */
  readonly scanner?: VirusScanner
  readonly clock: Clock
  readonly publicUrl: string
  /** The domain of the relay addresses. */
  readonly mailDomain: string
  readonly limits: { attachmentBytes: number; heldPerAccount: number; heldDays: number }
}

/** The channel that something came in by, as far as taking it depends on that. */
export type ReceivingChannel = Pick<Channel, 'medium' | 'abilities'>

/**
 * Everything that comes in over a medium other than a window. Resolves when it is durable, and only then may the channel say so to its
 * peer: stored as a message, held for a decision, noted, or refused with a reason.
 */
export async function receive(parts: ReceiveParts, channel: ReceivingChannel, inbound: Inbound): Promise<Receipt> {
  const relay = await findRelay(parts.db, inbound.to)
  if (!relay) {
    const own = await findOwnAddress(parts.db, channel.medium, inbound.to)
    if (own) return receiveAtOwn(parts, channel, own, await looked(parts, inbound))
    return { outcome: 'refused', because: 'unknown-address', text: 'There is nobody at this address.' }
  }
  if (relay.state === 'retired') {
    return { outcome: 'refused', because: 'retired-address', text: 'This address is no longer in use.' }
  }
  const key = mailKey(inbound)
  if (await isKnown(parts.db, relay.account, key)) return { outcome: 'duplicate' }
  if (inbound.verdict.kind === 'automatic') return noteAutomatic(parts, relay, inbound.verdict.why)
  return takeInPlace(parts, relay, channel.medium, await looked(parts, inbound), key)
}

/** With what the scanner says of its files. Rejects where that is not known and has to be: the channel tells its peer to come again. */
async function looked({ scanner }: ReceiveParts, inbound: Inbound): Promise<Inbound> {
  if (!scanner || inbound.attachments.length === 0) return inbound
  const attachments = await checkFiles(scanner, inbound.attachments)
  if (!attachments) throw new Error('the virus scanner is away, and no file passes without it')
  return { ...inbound, attachments }
}
