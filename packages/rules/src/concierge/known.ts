import type { HelpRequest } from '../criteria/criteria.ts'

/** What is known of the request when something happens: with it the concierge speaks the right language and asks nothing twice. */
export interface Known {
  /** BCP 47: the language in which the visitor is spoken to. */
  readonly language: string
  readonly facts: HelpRequest['facts']
}
