import type { DigitGroup } from './digit-runs.ts'

type Candidate = {
  readonly groups: readonly DigitGroup[]
  readonly digits: string
  readonly from: number
  readonly to: number
}

/**
 * Numbers that look like a telephone number and are something else: dates, years, amounts, books. With `asWritten` also what the words
 * around say: an order, a price, a code with letters in it.
 */
export function isNoPhone(text: string, candidate: Candidate, asWritten: boolean): boolean {
  const between = candidate.groups
    .map((group, i) => text.slice(candidate.groups[i - 1]?.to ?? group.from, group.from))
    .slice(1)
  if (
    isDate(candidate, between) ||
    isYears(candidate) ||
    isSeries(candidate) ||
    isBook(candidate) ||
    isRatio(candidate, between) ||
    isDotted(candidate, between)
  )
    return true
  return asWritten && (isAmount(text, candidate, between) || isCode(text, candidate))
}

function isDate({ groups, digits }: Candidate, between: readonly string[]): boolean {
  if (groups.length === 1) return digits.length === 8 && isDay(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6))
  const [a = '', b = '', c = ''] = groups.map((group) => group.digits)
  const [first, second] = between
  if (groups.length < 3 || first === undefined || !/^ ?[-./] ?$/.test(first) || first.trim() !== second?.trim())
    return false
  const rest = groups.slice(3)
  const isHour = rest.length === 0 || (rest.length === 1 && between[2]?.includes(' ') && Number(rest[0]?.digits) < 24)
  return Boolean(isHour) && (isDay(a, b, c) || isDay(c, b, a) || isDay(c, a, b))
}

function isDay(year: string, month: string, day: string): boolean {
  const isYear = /^(?:19|20|21)\d\d$/.test(year) || year.length === 2
  const isMonth = month.length <= 2 && Number(month) >= 1 && Number(month) <= 12
  return isYear && isMonth && day.length <= 2 && Number(day) >= 1 && Number(day) <= 31
}

const isYears = ({ groups, digits }: Candidate): boolean =>
  groups.every((group) => /^(?:1[89]|20)\d\d$/.test(group.digits)) ||
  (groups.length === 1 && /^(?:19|20)\d\d(?:19|20)\d\d$/.test(digits))

/** Sizes in a row, 36 38 40 42 44; a number that begins with 0 is none. */
function isSeries({ groups }: Candidate): boolean {
  const values = groups.map((group) => Number(group.digits))
  const step = (values[1] ?? 0) - (values[0] ?? 0)
  return (
    groups.length > 2 &&
    step > 0 &&
    step <= 10 &&
    !groups[0]?.digits.startsWith('0') &&
    values.every((value, i) => i === 0 || value - (values[i - 1] ?? 0) === step)
  )
}

/** An internet address that tells nothing, or a version. */
const isDotted = ({ groups }: Candidate, between: readonly string[]): boolean =>
  groups.length === 4 &&
  between.every((sign) => sign === '.') &&
  groups.every(({ digits }) => /^(?:0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= 255)

/** 0.26968884, 50001/50000. */
function isRatio({ groups }: Candidate, between: readonly string[]): boolean {
  const [a = '', b = ''] = groups.map((group) => group.digits)
  if (groups.length !== 2 || /^0\d/.test(a)) return false
  return between[0] === '.' ? a.length <= 2 && b.length >= 5 : between[0] === '/' && a.length >= 5 && b.length >= 4
}

/** ISBN-13: its beginning and its check digit. */
function isBook({ digits }: Candidate): boolean {
  if (digits.length !== 13 || !/^97[89]/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < 13; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}

function isAmount(text: string, { groups, from, to }: Candidate, between: readonly string[]): boolean {
  if (
    /(?:\p{Sc}|\b(?:eur|usd|gbp|chf|pln|rub|try|jpy|cny|sek|nok|dkk|rs|kr|zł|fr)\.?) ?$/iu.test(
      text.slice(Math.max(0, from - 5), from),
    )
  )
    return true
  if (
    /^(?:,\d{1,2}(?!\d))? ?(?:\p{Sc}|%|‰|°|(?:eur|usd|gbp|chf|pln|euro?s?|dollars?|zł|kr|руб|tl|km|kg|mm|cm|gb|mb|kwh)(?!\p{L}))/iu.test(
      text.slice(to, to + 12),
    )
  )
    return true
  const isGroupedByThousands =
    groups.length > 1 && groups.every((group, i) => (i === 0 ? group.digits.length <= 3 : group.digits.length === 3))
  const isOneSign = between.every((sign) => sign === between[0]) && /^[ .]$/.test(between[0] ?? '')
  return isGroupedByThousands && isOneSign && (groups.at(-1)?.digits === '000' || /^,\d/.test(text.slice(to, to + 2)))
}

function isCode(text: string, { groups, from, to }: Candidate): boolean {
  const before = text.slice(Math.max(0, from - 40), from)
  if (IDENTIFIER.test(before)) return true
  // "#1234567890", but "Joe's # is 415-555-2671".
  if (/#[ :]?$/.test(before) && groups.length === 1) return true
  // A postcode behind a state: AK 99501-1234.
  if (/\b[A-Z]{2},?[\s>]+$/.test(before) && groups.map((group) => group.digits.length).join() === '5,4') return true
  // Letters grown into it: a tracking number, a part number. A Chinese or Japanese word beside a number is only a word.
  const grown = /[a-zа-яё_]-?$/i.test(before) || /^-?[a-zа-яё_]/i.test(text.slice(to, to + 2))
  return grown && groups.length === 1
}

const IDENTIFIER =
  /(?:№|n[°º]|\b(?:order|invoice|ticket|case|reference|ref|tracking|parcel|shipment|item|article|art|part|model|sku|isbn|ean|upc|asin|serial|s\/n|id|customer|account|policy|booking|receipt|bestell\w*|auftrag\w*|rechnung\w*|sendung\w*|artikel\w*|kunden\w*|vorgang\w*|beleg\w*|commande|facture|r[eé]f[eé]rence|colis|article|pedido|factura|env[ií]o|referencia|ordine|fattura|spedizione|articolo|encomenda|fatura|bestelling\w*|factuur\w*|pakket|zam[oó]wieni\w*|faktur\w*|przesyłk\w*|sipariş|fatura|kargo|pages?|seiten?)|(?:заказ\w*|счет\w*|счёт\w*|накладн\w*|артикул\w*|замовлення)|订单\S{0,2}|訂單\S{0,2}|注文\S{0,4}|주문\S{0,4})(?:[ -]?(?:number|nummer|num|numer|numero|número|numéro|номер|code|id|no|nr|n[°º]|№|is|ist|est|es|lautet|de))*[\s.:#=-]{0,4}[a-z]{0,3}[ -]?$/iu
