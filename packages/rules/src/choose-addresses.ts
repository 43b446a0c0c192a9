import { oneWayMedia } from '@parley/model'
import type { Hours } from './criteria/criteria.ts'
import { isOpen } from './criteria/opening-hours.ts'

/** An address as the choice sees it. A person's window or desk is the address of medium `web`. */
export type ReachableAddress = {
  readonly id: string
  readonly medium: string
  /** Proven to be theirs. The window is confirmed by its session. */
  readonly confirmed: boolean
  /** The owner's own order of preference, lowest first. */
  readonly order: number
  /** Whether its owner wants to be found there. What they write from is used for answers to it all the same. */
  readonly active: boolean
  /** When its owner wants it used; null or left out: at any hour. */
  readonly hours?: Hours | null
  /** It refused for good, or retries were used up, since it was last confirmed. */
  readonly failed?: boolean
  readonly lastUsedAt: Date | null
}

export type AddressNeed = {
  readonly kind: 'offer' | 'message' | 'notice'
  /** The address last used to reply in this interaction. */
  readonly lastUsed: string | null
  /** Whether a window or desk of this person is connected now. */
  readonly windowOpen: boolean
  readonly now: Date
}

export type ChosenBecause =
  | 'offers-go-everywhere'
  | 'last-used'
  | 'window-open'
  | 'window-closed'
  | 'last-used-failed'
  | 'first-in-order'
  | 'waits-for-window'
  /** Outside its hours, as every other one is, and nothing would be read otherwise. */
  | 'nothing-in-its-hours'

/** `one-way`: nobody can answer there; what waits is only pointed at. */
export type PassedOverBecause = 'one-way' | 'not-confirmed' | 'switched-off' | 'failed' | 'outside-its-hours'

export type AddressChoice = {
  /** Where it goes now, first choice first. Empty when nothing can reach the person: whoever wrote must be told. */
  readonly now: readonly { readonly address: string; readonly because: ChosenBecause }[]
  /** Where it goes next, one after the other, if what was chosen fails for good. */
  readonly later: readonly string[]
  readonly passedOver: readonly { readonly address: string; readonly because: PassedOverBecause }[]
}

/**
 * Over which of a person's addresses something goes now: an offer over all of them, anything else over one. First come the owner's own
 * rules by hour, then the address they last answered from, then their order; what failed gives way to the next. An address that is not
 * confirmed or has failed gets nothing, whatever was said in this interaction.
 */
export function chooseAddresses(need: AddressNeed, addresses: readonly ReachableAddress[]): AddressChoice {
  const passedOver: { address: string; because: PassedOverBecause }[] = []
  const usable: ReachableAddress[] = []
  for (const address of addresses) {
    const because = unusable(need, address)
    if (because) passedOver.push({ address: address.id, because })
    else usable.push(address)
  }
  const isSeen = need.windowOpen && usable.some(({ medium }) => medium === 'web')
  if (usable.every(({ medium }) => medium === 'web') && !isSeen && need.kind !== 'offer') {
    // Outside all hours what was begun goes on where it was; what waits in a window can wait for the hours, and nothing else can.
    const late = chooseOutsideHours(need, addresses)
    if (late) {
      const others = passedOver.filter(({ address }) => address !== late.id)
      return { now: [{ address: late.id, because: 'nothing-in-its-hours' }], later: [], passedOver: others }
    }
  }
  usable.sort(byPreference)
  const window = usable.find((address) => address.medium === 'web')
  const reachable = usable.filter((address) => address.medium !== 'web' || need.windowOpen)

  if (need.kind === 'offer' && reachable.length > 0) {
    const now = reachable.map(({ id }) => ({ address: id, because: 'offers-go-everywhere' as const }))
    return { now, later: [], passedOver }
  }
  const chosen = chooseOne(need, reachable, window, addresses)
  if (!chosen) return { now: [], later: [], passedOver }
  const later = reachable.filter(({ id }) => id !== chosen.address).map(({ id }) => id)
  return { now: [chosen], later, passedOver }
}

function chooseOne(
  need: AddressNeed,
  reachable: readonly ReachableAddress[],
  window: ReachableAddress | undefined,
  all: readonly ReachableAddress[],
): { address: string; because: ChosenBecause } | null {
  if (need.lastUsed !== null && reachable.some(({ id }) => id === need.lastUsed)) {
    return { address: need.lastUsed, because: 'last-used' }
  }
  if (window && need.windowOpen) return { address: window.id, because: 'window-open' }
  const [best] = reachable
  if (!best) return window ? { address: window.id, because: 'waits-for-window' } : null
  const last = all.find(({ id }) => id === need.lastUsed)
  if (last?.failed) return { address: best.id, because: 'last-used-failed' }
  if (last && last.id === window?.id) return { address: best.id, because: 'window-closed' }
  return { address: best.id, because: 'first-in-order' }
}

function chooseOutsideHours(need: AddressNeed, addresses: readonly ReachableAddress[]): ReachableAddress | null {
  const any = addresses.filter((address) => unusable(need, { ...address, hours: null }) === null)
  const last = any.find(({ id }) => id === need.lastUsed)
  if (last) return last.medium === 'web' ? null : last
  return any.some(({ medium }) => medium === 'web') ? null : (any.sort(byPreference)[0] ?? null)
}

function unusable(need: AddressNeed, address: ReachableAddress): PassedOverBecause | null {
  if (oneWayMedia.some((medium) => medium === address.medium)) return 'one-way'
  if (!address.confirmed) return 'not-confirmed'
  if (address.failed) return 'failed'
  if (!address.active && (need.kind === 'offer' || address.id !== need.lastUsed)) return 'switched-off'
  if (address.hours && !isOpen(address.hours, need.now)) return 'outside-its-hours'
  return null
}

// The identifier last, so that the same addresses always give the same choice.
function byPreference(a: ReachableAddress, b: ReachableAddress): number {
  const recent = (b.lastUsedAt?.getTime() ?? 0) - (a.lastUsedAt?.getTime() ?? 0)
  return a.order - b.order || recent || (a.id < b.id ? -1 : 1)
}
