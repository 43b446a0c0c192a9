import parsePhoneNumber, { type CountryCode, isSupportedCountry, type NumberType } from 'libphonenumber-js/max'
import type { AddressContext, ReadAddress } from './read-address.ts'

/**
 * A phone number in E.164 (ITU-T). One without a country is taken for one of the first of `countries` in which it is valid. A number
 * that costs its caller, or that is no person's, is refused: every code that goes there would be paid for.
 */
export function readPhone(typed: string, { countries }: Pick<AddressContext, 'countries'>): ReadAddress {
  const text = typed.replace(/^(?:tel|sms):/i, '').replace(/^00(?=[1-9])/u, '+')
  if (!shape.test(text)) return { ok: false, refusal: 'malformed' }
  const known = countries.filter((country): country is CountryCode => isSupportedCountry(country))
  for (const country of text.startsWith('+') ? [undefined] : known) {
    const number = parsePhoneNumber(text, country)
    if (!number?.isValid() || number.ext) continue
    const type = number.getType()
    if (type && unreachable.has(type)) return { ok: false, refusal: 'not-reachable' }
    return { ok: true, value: number.number, key: number.number }
  }
  return { ok: false, refusal: 'malformed' }
}

const shape = /^\+?[\d\s().\-/\u2010-\u2015]{4,40}$/u

const unreachable: ReadonlySet<NumberType> = new Set<NumberType>([
  'PREMIUM_RATE',
  'SHARED_COST',
  'TOLL_FREE',
  'PAGER',
  'UAN',
  'VOICEMAIL',
])
