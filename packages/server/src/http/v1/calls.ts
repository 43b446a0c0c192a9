import { conversationCalls } from './conversation-calls.ts'
import type { Endpoint } from './endpoint.ts'
import { invitationCalls } from './invitation-calls.ts'
import { offerCalls } from './offer-calls.ts'
import { operationCalls } from './operation-calls.ts'
import { ownCalls } from './own-calls.ts'

/** Every call of the interface for programs. */
export const calls: readonly Endpoint[] = [
  ...ownCalls,
  ...conversationCalls,
  ...offerCalls,
  ...invitationCalls,
  ...operationCalls,
]
