import { type DigitGroup, type DigitRun, digitsOf } from './digit-runs.ts'
import type { IdentitySpan } from './identity-span.ts'
import { isNoPhone } from './not-a-phone.ts'
import { NO_PLANS, type NumberPlanOptions, type NumberPlans, numberPlans } from './number-plans.ts'

/**
 * Telephone numbers as people write them: by the number plans of the given countries, and by their shape, since a plan knows a
 * fifth to a third of what people mean as a number only.
 */
export function findPhones(text: string, runs: readonly DigitRun[], options: NumberPlanOptions): IdentitySpan[] {
  const plans = numberPlans(options)
  const looks = { left: PARTS }
  const found: IdentitySpan[] = []
  for (const run of runs) {
    const groups = withoutTimes(text, run.groups)
    if (groups.length > 0) found.push(...inRun(text, groups, plans, options.strict, looks))
  }
  return found
}

// How many parts of long rows of figures are looked at in one text: 250 lines of a table. What is left of a row then is hidden.
const PARTS = 10_000

type Looks = { left: number }

function inRun(
  text: string,
  groups: readonly DigitGroup[],
  plans: NumberPlans,
  strict: boolean,
  looks: Looks,
): IdentitySpan[] {
  const whole = judge(text, groups, false, plans, strict)
  if (whole) return [whole]
  // Something else may stand beside the number ("flat 12 030 1234567"): look for it between blanks. One sign throughout is a code.
  if (groups.length < 3 || isInBlocksOfFour(groups)) return []
  const shaped = within(text, groups, NO_PLANS, strict, looks)
  return shaped.length > 0 ? shaped : within(text, groups, plans, strict, looks)
}

/** From every group the longest number that begins there; where they overlap, all of it may be one. */
function within(
  text: string,
  groups: readonly DigitGroup[],
  plans: NumberPlans,
  strict: boolean,
  looks: Looks,
): IdentitySpan[] {
  const found: IdentitySpan[] = []
  for (let first = 0; first < groups.length; first++) {
    for (let last = lastWithin(groups, first, 17); last >= first; last--) {
      if (digitCount(groups, first, last) < 7) break
      if (!standsApart(text, groups, first, last)) continue
      if (looks.left-- <= 0) return [...found, rest(groups, first)]
      const span = judge(text, groups.slice(first, last + 1), true, plans, strict)
      if (!span) continue
      found.push(span)
      break
    }
  }
  return found
}

const digitCount = (groups: readonly DigitGroup[], first: number, last: number): number => {
  let count = 0
  for (let i = first; i <= last; i++) count += groups[i]?.digits.length ?? 0
  return count
}

const rest = (groups: readonly DigitGroup[], first: number): IdentitySpan => ({
  from: groups[first]?.from ?? 0,
  to: groups.at(-1)?.to ?? 0,
  kind: 'phone',
  value: '',
})

/** The last group that a number beginning with the first could reach. */
function lastWithin(groups: readonly DigitGroup[], first: number, digits: number): number {
  let last = first
  for (let left = digits; last < groups.length; last++) {
    left -= groups[last]?.digits.length ?? 0
    if (left < 0) break
  }
  return last - 1
}

/** How cards, accounts and vouchers are printed: four by four, the first and the last perhaps shorter. */
const isInBlocksOfFour = (groups: readonly DigitGroup[]): boolean =>
  groups.length > 3 &&
  groups.every(({ digits }, i) => digits.length === 4 || (digits.length < 4 && (i === 0 || i === groups.length - 1)))

function judge(
  text: string,
  groups: readonly DigitGroup[],
  isPart: boolean,
  plans: NumberPlans,
  strict: boolean,
): IdentitySpan | null {
  const first = groups[0]
  const last = groups.at(-1)
  if (!first || !last) return null
  const digits = digitsOf(groups)
  if (digits.length < 6 || digits.length > 17) return null
  const start = startOf(text, first.from)
  const isNumber = isPhone(text, { groups, digits, ...start, to: last.to, isPart }, plans, strict)
  if (!isNumber) return null
  const extension = EXTENSION.exec(text.slice(last.to, last.to + 24))?.[0] ?? ''
  return { from: start.from, to: last.to + extension.length, kind: 'phone', value: `${start.plus ? '+' : ''}${digits}` }
}

type Candidate = {
  readonly groups: readonly DigitGroup[]
  readonly digits: string
  readonly from: number
  readonly to: number
  readonly plus: boolean
  /** Cut out of a longer run: then an even grouping proves nothing. */
  readonly isPart: boolean
}

function isPhone(text: string, candidate: Candidate, plans: NumberPlans, strict: boolean): boolean {
  const { groups, digits, plus } = candidate
  if (plus) return digits.length <= 15 && (digits.length >= 7 || plans.isInternational(digits))
  const sizes = groups.map((group) => group.digits.length)
  const before = text.slice(Math.max(0, candidate.from - 40), candidate.from)
  const isAnnounced = ANNOUNCED.test(before)
  if (isNoPhone(text, candidate, !isAnnounced && !strict)) return false
  if (isAnnounced) return digits.length <= 15
  if (digits.length < 7) return false
  if (digits.startsWith('00') && digits.length >= 10 && plans.isInternational(digits.slice(2))) return true
  if (hasAreaInParentheses(text, groups) && digits.length <= 15) return true
  const shape = sizes.join()
  if (shape === '3,3,4' || (shape === '1,3,3,4' && digits.startsWith('1'))) return true
  if (/^0[1-9]/.test(digits) && digits.length >= 9 && digits.length <= 12) return true
  if (shape === '3,4' && plans.hasCountry('US', 'CA') && /[-.]/.test(text[groups[0]?.to ?? 0] ?? '')) return true
  if (digits.length <= 13 && plans.isNational(digits)) return true
  if (!candidate.isPart && isEvenlyGrouped(sizes, digits) && !isAscending(groups)) return true
  return strict && !candidate.isPart && digits.length <= 15 && (groups.length > 1 || digits.length >= 8)
}

// Three groups and more of two to four digits, nine to twelve in all: how most of the world writes its numbers.
const isEvenlyGrouped = (sizes: readonly number[], digits: string): boolean =>
  sizes.length >= 3 && digits.length >= 9 && digits.length <= 12 && sizes.every((size) => size >= 2 && size <= 4)

const isAscending = (groups: readonly DigitGroup[]): boolean =>
  groups.every((group, i) => i === 0 || Number(group.digits) > Number(groups[i - 1]?.digits))

function hasAreaInParentheses(text: string, groups: readonly DigitGroup[]): boolean {
  const [first, second, third] = groups
  const encloses = (group: DigitGroup | undefined, next: DigitGroup | undefined) =>
    group !== undefined &&
    next !== undefined &&
    text[group.from - 1] === '(' &&
    text.slice(group.to, next.from).startsWith(')')
  return encloses(first, second) || encloses(second, third)
}

function startOf(text: string, digitsFrom: number): { from: number; plus: boolean } {
  const opening = /(?:\+ ?\(? ?|\(\+? ?)$/.exec(text.slice(Math.max(0, digitsFrom - 4), digitsFrom))?.[0] ?? ''
  // A plus between digits is a sum, not a number's beginning.
  if (opening.includes('+') && /\d$/.test(text.slice(0, digitsFrom - opening.length).slice(-1))) {
    return { from: digitsFrom, plus: false }
  }
  return { from: digitsFrom - opening.length, plus: opening.includes('+') }
}

/** The run without the hours that a time beside it lent: "0171 1234567 08:00". */
function withoutTimes(text: string, groups: readonly DigitGroup[]): readonly DigitGroup[] {
  const first = groups[0]
  const last = groups.at(-1)
  const from = first && /\d:$/.test(text.slice(Math.max(0, first.from - 2), first.from)) ? 1 : 0
  const to = last && /^:\d/.test(text.slice(last.to, last.to + 2)) ? groups.length - 1 : groups.length
  return groups.slice(from, to)
}

function standsApart(text: string, groups: readonly DigitGroup[], first: number, last: number): boolean {
  const parted = (left: DigitGroup | undefined, right: DigitGroup | undefined) =>
    !left || !right || text.slice(left.to, right.from).includes(' ')
  return parted(groups[first - 1], groups[first]) && parted(groups[last], groups[last + 1])
}

const EXTENSION =
  /^[ ,;]{0,2}(?:ext(?:ension|n)?\.?|x|#|доб\.?|durchwahl|dw\.?|poste|int\.|wewn\.?|toestel)[ .:]{0,2}\d{1,6}(?!\d)/i

const ANNOUNCED =
  /(?:\b(?:tel|phone|telephone|call(?: me| us)?|ring(?: me)?|mobile|mob|cell|fax|whats ?app|sms|text me|dial|reach me|my number|handy|mobil|anrufen|ruf(?: mich)?(?: an)?|telefon\w*|meine nummer|appel\w*|téléphon\w*|mon numéro|ll[aá]m\w*|m[oó]vil|celular|tel[eé]fono?|mi n[uú]mero|chiam\w*|cellulare|mio numero|lig\w{1,3}|telem[oó]vel|meu n[uú]mero|bel(?: me)?|mijn nummer|zadzwo\w*|telefoni\w*|mój numer|beni ara|numaram)|(?:тел|телефон|звон\w*|позвон\w*|мой номер|номер телефона|дзвон\w*)|هاتف\w*|اتصل\w*|رقمي|טלפון|התקשר\w*|电话\S{0,4}|手机\S{0,4}|電話\S{0,4}|携帯\S{0,4}|전화\S{0,4})(?: (?:number|nummer|is|ist|est|es|at|on|me|under|unter|au|al|no|nr|us|unter der|on my))?[\s.:=#+(-]{0,4}$/iu
