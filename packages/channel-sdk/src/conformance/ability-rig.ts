import type { ChannelRequest } from '../http.ts'
import type { ChannelRig } from './channel-driver.ts'

/**
 * What the far end of a channel needs besides for its abilities to be checked. Each member is wanted only where `channel.abilities` says so,
 * and then without it the check fails: an ability is not claimed on trust.
 */
export interface AbilityRig extends ChannelRig {
  /** Where somebody can answer: a second address of ours that `host` has in use. */
  anotherAddress?: string
  /** Where addresses are per place: the token of `anotherAddress`. */
  anotherToken?: string
  /** Where somebody can answer: the addresses of ours that what arrived came from, as the far end would write back to them. */
  arrivedFrom?(): Promise<string[]>
  /** Where typing is carried. */
  typing?: {
    /** The far end types, or stops, to an address of ours. */
    says(to: string, isTyping: boolean): Promise<void>
    /** What of ours reached it: the address of ours, and whether somebody types there. */
    seen(): Promise<{ from: string; isTyping: boolean }[]>
  }
  /** Where receipts are: the far end reports what became of everything that has arrived. */
  reports?(state: 'delivered' | 'read' | 'failed'): Promise<void>
  /** Where there is `takeHttp`: what the peer might ask if it were not the peer: well formed, with something to take, and not proven. */
  unproven?: ChannelRequest
}

export type MakeAbilityRig = () => Promise<AbilityRig>
