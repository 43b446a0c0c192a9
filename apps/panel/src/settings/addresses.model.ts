import type { AddressView, TypedMedium } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'

export const inOrder = (addresses: readonly AddressView[]): AddressView[] =>
  [...addresses].sort((a, b) => a.position - b.position)

export const stateWord: Record<AddressView['state'], Word> = {
  unproven: 'addresses.unproven',
  proven: 'addresses.proven',
  failing: 'addresses.failing',
}

/** Nobody could reach this person then: said before it is done. */
export function leavesNobodyToReach(addresses: readonly AddressView[], without: AddressView): boolean {
  return without.state !== 'unproven' && !addresses.some((one) => one.id !== without.id && one.state !== 'unproven')
}

/** As a code is read off a mail: with spaces, in any case. */
export const readCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()

/** Enough to be asked about: what can be one, the server knows. */
export const looksLike = (medium: TypedMedium, value: string): boolean =>
  medium === 'sms' ? /^[+\d][\d\s().\-/]{3,}$/.test(value.trim()) : /^[^\s@]+@[^\s@]+$/.test(value.trim())
