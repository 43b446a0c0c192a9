import type { Clock, PersonId, SiteId } from '@parley/model'
import type { Vault } from '../attachments/index.ts'
import type { Database } from '../db/index.ts'
import type { ReadingModels } from '../reading/index.ts'
import type { Road } from '../road/index.ts'

/** What it takes to begin a conversation for somebody who has no window. */
export interface StartingParts {
  readonly db: Database
  readonly road: Road
  readonly vault: Vault
  readonly clock: Clock
  readonly models: Pick<ReadingModels, 'current'>
  /** May this person send another message now? */
  readonly allows: (person: PersonId) => boolean
  /** May this sender begin another conversation on this site now? `sender` stands for an address, and is any text. */
  readonly mayBegin: (sender: string, site: SiteId) => boolean
  readonly limits: { readonly attachmentBytes: number }
}
