import { readAddress, type TypedMedium } from '../../addresses/index.ts'
import { plainDigits } from './digits.ts'
import { emailIn } from './email-in.ts'

/** The one address of a medium in an answer, as it was written; null when there is none, or more than one. `region`: where they are. */
export function addressIn(medium: TypedMedium, text: string, region: string | null): string | null {
  if (medium === 'email') return emailIn(text)
  const plain = text.slice(0, longestRead).normalize('NFKC')
  return medium === 'sms' ? phoneIn(plainDigits(plain), region) : onlyOne(plain.match(words) ?? [], medium)
}

const longestRead = 2_000

/** Whatever has an @ within; what may stand around an address but not in it is left out. */
const words = /[^\s<>"'(),;[\]「」『』（）、。]{1,100}@[^\s<>"'(),;[\]「」『』（）、。]{1,200}/gu

function onlyOne(found: readonly string[], medium: TypedMedium): string | null {
  const read = new Set<string>()
  for (const word of found) {
    const address = readAddress(medium, word.replace(/[.!?…:]+$/u, ''), { countries: [], ownDomains: [] })
    if (address.ok) read.add(address.value)
  }
  const [only] = read
  return read.size === 1 && only ? only : null
}

/**
 * A number with its country, or one that the visitor's own country would have; where that is not known any that is long enough, for the
 * site may know its countries.
 */
function phoneIn(text: string, region: string | null): string | null {
  const found = text.match(/\+?(?:\(\d{1,5}\)[\s./-]?)?\d(?:[\s./()-]{0,2}\d){5,17}/g) ?? []
  if (found.length !== 1) return null
  const [number = ''] = found
  const countries = region ? [region.slice(0, 2)] : []
  const read = readAddress('sms', number, { countries, ownDomains: [] })
  if (read.ok) return read.value
  return /^(?:\+|00)/.test(number) || read.refusal === 'not-reachable' ? null : number.trim()
}
