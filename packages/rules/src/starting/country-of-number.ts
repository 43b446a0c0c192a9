import parsePhoneNumber from 'libphonenumber-js/max'

/** The country (ISO 3166) that a phone number in E.164 belongs to; null for what is none, and for numbers of no country. */
export function countryOfNumber(address: string): string | null {
  if (!/^\+\d{5,15}$/.test(address)) return null
  const number = parsePhoneNumber(address)
  return number?.country ?? null
}
