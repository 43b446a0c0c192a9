import type { WireAddress } from './pdu/pdu.ts'

export interface NumberPlan {
  /** The country whose numbers come without a country code, as `47`; null: none do. */
  countryCode: string | null
}

/**
 * A number as it stands everywhere inside: `+` and digits (E.164), a short code as bare digits, a name as it is. Only what says nothing
 * about its own form is guessed at: seven digits or more without anything before them are taken for a whole international number.
 */
export function readNumber({ ton, value }: Pick<WireAddress, 'ton' | 'value'>, { countryCode }: NumberPlan): string {
  const text = value.trim()
  const digits = text.replace(/^\+|^00(?=[1-9])/, '')
  if (!/^\d+$/.test(digits)) return text
  if (digits !== text || ton === 1) return `+${digits}`
  if (ton === 2 || digits.startsWith('0')) {
    return countryCode ? `+${countryCode}${digits.replace(/^0/, '')}` : digits
  }
  return ton !== 3 && ton !== 6 && digits.length >= 7 ? `+${digits}` : digits
}

/** The same way out: SMPP 3.4 §5.2.5. */
export function writeNumber(address: string): WireAddress {
  if (/^\+\d+$/.test(address)) return { ton: 1, npi: 1, value: address.slice(1) }
  if (/^\d+$/.test(address)) return { ton: 3, npi: 0, value: address }
  return { ton: 5, npi: 0, value: address.slice(0, 20) }
}

/** Can this be sent to at all? */
export const isNumber = (address: string): boolean => /^\+?\d{3,15}$/.test(address)
