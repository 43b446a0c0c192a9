import type { Subscriptions } from '@parley/channel-sdk'
import type { Clock } from '@parley/model'
import type { Vault } from '../attachments/index.ts'
import type { ReceiveParts } from '../channels/index.ts'
import type { Database } from '../db/index.ts'
import type { Outbox, ReReadLinks } from '../delivery/index.ts'
import type { RegionOfIp } from '../geo/index.ts'
import type { MembershipLinks } from '../joining/index.ts'
import type { AddressParts } from '../people/index.ts'
import type { ProgramParts } from '../programs/index.ts'
import type { Quotas } from '../quotas/index.ts'
import type { ReadingModels } from '../reading/index.ts'
import type { Hub, ShortTokens } from '../realtime/index.ts'
import type { Road } from '../road/index.ts'
import type { SignIn } from '../sign-in/index.ts'
import type { UrlSigner } from './url-signer.ts'

export type QuotaName = 'messages' | 'conversations' | 'uploads' | 'codes' | 'links' | 'programs'

/** What the HTTP layer hands to its routes; each route takes from it what it needs. */
export interface HttpContext {
  readonly db: Database
  readonly road: Road
  readonly hub: Hub
  readonly vault: Vault
  readonly clock: Clock
  readonly tokens: ShortTokens
  readonly signer: UrlSigner
  readonly reRead: ReReadLinks
  readonly membership: MembershipLinks
  readonly models: ReadingModels
  readonly signIn: SignIn
  readonly outbox: Outbox
  readonly quotas: Quotas<QuotaName>
  readonly receive: ReceiveParts
  readonly addresses: AddressParts
  /** Where browsers subscribe by themselves; null where no channel has that. */
  readonly subscriptions: Subscriptions | null
  readonly regionOf: RegionOfIp
  readonly programs: ProgramParts
  readonly publicUrl: string
  readonly limits: { bodyBytes: number; attachmentBytes: number }
}
