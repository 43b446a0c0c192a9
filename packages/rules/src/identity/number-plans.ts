import parsePhoneNumber, { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max'

export type NumberPlanOptions = {
  /** ISO 3166 codes of the countries whose national numbers are known here. */
  readonly countries: readonly string[]
  /** Takes every number that could be one, also behind words like "order". */
  readonly strict: boolean
  /** How often the number plans may be asked for one text; what is left over is judged by its shape alone, and rather taken. */
  readonly lookUps: number
}

/** What the countries' number plans say of a row of figures. */
export type NumberPlans = {
  readonly isNational: (digits: string) => boolean
  readonly isInternational: (digits: string) => boolean
  readonly hasCountry: (...countries: string[]) => boolean
}

export const NO_PLANS: NumberPlans = { isNational: () => false, isInternational: () => false, hasCountry: () => false }

/** The plans of these countries, each question asked once, and no more than `lookUps` of them. */
export function numberPlans({ countries, lookUps, strict }: NumberPlanOptions): NumberPlans {
  const known = countries.filter((country): country is CountryCode => isSupportedCountry(country))
  const answers = new Map<string, boolean>()
  let left = lookUps
  const ask = (key: string, question: () => boolean): boolean => {
    const answered = answers.get(key)
    if (answered !== undefined) return answered
    if (left <= 0) return strict || key.length >= 9
    left--
    const answer = question()
    answers.set(key, answer)
    return answer
  }
  return {
    isNational: (digits) => ask(digits, () => known.some((country) => isNationalIn(country, digits))),
    isInternational: (digits) => ask(`+${digits}`, () => parsePhoneNumber(`+${digits}`)?.isPossible() ?? false),
    hasCountry: (...wanted) => known.some((country) => wanted.includes(country)),
  }
}

/**
 * Where national numbers are written with a leading 0, a number without it is none unless it is a mobile's: some of those plans are
 * so open that nearly every count of figures would be "valid".
 */
function isNationalIn(country: CountryCode, digits: string): boolean {
  const number = parsePhoneNumber(digits, country)
  if (!number?.isValid()) return false
  return digits.startsWith('0') || WITHOUT_ZERO.has(country) || number.getType() !== 'FIXED_LINE'
}

const WITHOUT_ZERO = new Set(
  'US CA MX BR ES PT IT VA SM PL DK NO CZ GR LU MT EE LV CY IS HK SG CL CO RU KZ BY HU LT KW QA AE SA'.split(' '),
)
